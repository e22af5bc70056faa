import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { box } from "./build/box.ts";
import { serviceWorker } from "./build/script.ts";

// build.py names the folder: it builds beside dist/ and renames at the end.
const outDir = process.env.LIVEGRAD_OUT ?? "../dist";
const tests = fileURLToPath(new URL("../tests", import.meta.url));

export default defineConfig({
  // Relative addresses only: the site works under any sub-path of any host.
  base: "./",
  plugins: [box(), serviceWorker()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  worker: { format: "es" },
  build: {
    outDir,
    emptyOutDir: true,
    target: "es2022",
    // A data: address is refused by the page's strict content policy; a file never is.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // Above the largest chunk (CodeMirror); build.py reports the sizes that matter.
    chunkSizeWarningLimit: 1000,
  },
  test: {
    include: ["src/**/*.test.ts", "src/**/*.test.tsx", `${tests}/**/*.test.ts`],
    environment: "node",
    passWithNoTests: true,
  },
});
