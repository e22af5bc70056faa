/** Scripts that are not the page's own: each with all that it imports, as one classic script. */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin, type Rollup } from "vite";

export async function classicScript(source: URL): Promise<string> {
  const input = fileURLToPath(source);
  const made = (await build({
    configFile: false,
    logLevel: "warn",
    root: dirname(input),
    build: {
      write: false,
      target: "es2022",
      rollupOptions: { input, output: { format: "iife" } },
    },
  })) as Rollup.RollupOutput;
  const [chunk, ...others] = made.output;
  if (others.length) throw new Error(`${input} must become one script, not ${others.length + 1}.`);
  return chunk.code;
}

/** `sw.js`, which web/build/offline.py completes with the list of what it keeps. */
export function serviceWorker(): Plugin {
  return {
    name: "livegrad:service-worker",
    apply: "build",
    async generateBundle() {
      const source = await classicScript(new URL("../src/offline/worker.ts", import.meta.url));
      this.emitFile({ type: "asset", fileName: "sw.js", source });
    },
  };
}
