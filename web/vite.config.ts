import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { box, SINGLE } from "./build/box.ts";
import { serviceWorker } from "./build/script.ts";
import { single } from "./build/single.ts";

// build.py names the folder: it builds beside dist/ and renames at the end.
const outDir = process.env.LIVEGRAD_OUT ?? "../dist";
const tests = fileURLToPath(new URL("../tests", import.meta.url));

export default defineConfig(({ mode }) => ({
  // Relative addresses only: the site works under any sub-path of any host.
  base: "./",
  plugins: [box(), mode === SINGLE ? single() : serviceWorker()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  // Classic scripts: a document without an origin, as one on a disk, may start no others.
  worker: { format: "iife" },
  build: {
    outDir,
    emptyOutDir: true,
    target: "es2022",
    // A data: address is refused by the page's strict content policy; a file never is.
    assetsInlineLimit: mode === SINGLE ? Number.POSITIVE_INFINITY : 0,
    ...(mode === SINGLE && { rolldownOptions: { output: { codeSplitting: false } } }),
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // Above the largest chunk (CodeMirror); build.py reports the sizes that matter.
    chunkSizeWarningLimit: 1000,
  },
  test: {
    include: ["src/**/*.test.ts", "src/**/*.test.tsx", `${tests}/**/*.test.ts`],
    environment: "node",
    // In milliseconds: for one that hangs, not for a busy machine.
    testTimeout: 60_000,
    passWithNoTests: true,
  },
}));
