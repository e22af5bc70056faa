/** Bundles loader.ts and its workers, into the folder that LIVEGRAD_OUT names. */
import { fileURLToPath } from "node:url";

export default {
  base: "./",
  logLevel: "warn",
  worker: { format: "es" },
  build: {
    outDir: process.env.LIVEGRAD_OUT,
    assetsDir: ".",
    target: "es2022",
    rollupOptions: {
      input: fileURLToPath(new URL("loader.ts", import.meta.url)),
      output: { entryFileNames: "loader.js" },
    },
  },
};
