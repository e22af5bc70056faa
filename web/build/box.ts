/**
 * What the page and its sandboxed frame may do, and the parts of the frame: its
 * document, and the worker as the text of one classic script.
 *
 * A frame from srcdoc has the page's policy besides its own, so the page's must
 * allow what the worker needs: blob: addresses and WebAssembly. Nobody but a
 * script can make a blob: address, so markup smuggled into the page gains nothing.
 * (A frame from an address of its own would not need that, but a service worker
 * never serves one without an origin: it would not work offline.)
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";
import { classicScript } from "./script.ts";

const RUNTIME = new URL("../src/runtime/", import.meta.url);
const FRAME = readFileSync(new URL("box/frame.js", RUNTIME), "utf8");
const frameHash = `'sha256-${createHash("sha256").update(FRAME).digest("base64")}'`;

/**
 * CodeMirror makes its style sheets at run time. A nonce that is known is no
 * secret: it lets in one <style>, which only a script or markup could add.
 */
export const styleNonce = createHash("sha256").update(FRAME).digest("hex").slice(0, 16);

export const pagePolicy = [
  "default-src 'none'",
  `script-src 'self' ${frameHash} blob: 'wasm-unsafe-eval'`,
  "worker-src 'self' blob:",
  `style-src 'self' 'nonce-${styleNonce}'`,
  // blob: is how the graph becomes a PNG
  "img-src 'self' blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types default livegrad-frame livegrad-worker",
].join("; ");

const framePolicy = [
  "default-src 'none'",
  `script-src ${frameHash} blob: 'wasm-unsafe-eval'`,
  "worker-src blob:",
].join("; ");

const frame = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${framePolicy}"><script>${FRAME}</script>`;

/** `virtual:box` for the page's scripts, and the page's policy in its document. */
export function box(): Plugin {
  const id = "\0virtual:box";
  return {
    name: "livegrad:box",
    resolveId: (name) => (name === "virtual:box" ? id : undefined),
    async load(name) {
      if (name !== id) return undefined;
      const script = await classicScript(new URL("worker.ts", RUNTIME));
      return `export const frame = ${JSON.stringify(frame)};\nexport const script = ${JSON.stringify(script)};`;
    },
    transformIndexHtml: (html) =>
      html.replace("%POLICY%", pagePolicy).replace("%STYLE_NONCE%", styleNonce),
  };
}
