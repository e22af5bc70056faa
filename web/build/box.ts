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
/** With the ends of lines that browsers make of all others before they take a hash. */
const text = (name: string): string =>
  readFileSync(new URL(name, RUNTIME), "utf8").replaceAll("\r\n", "\n");
export const hashOf = (script: string): string =>
  `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
const FRAME = text("box/frame.js");
const frameHash = hashOf(FRAME);

/**
 * CodeMirror makes its style sheets at run time. A nonce that is known is no
 * secret: it lets in one <style>, which only a script or markup could add.
 */
export const styleNonce = createHash("sha256").update(FRAME).digest("hex").slice(0, 16);

/** Whose files the page may use: its own site's, or by hash those that lie inside it. */
export interface Sources {
  scripts: string;
  styles: string;
  images: string;
  /** What it may ask for; nothing, if it has all inside. */
  files?: string;
}

const site: Sources = {
  scripts: `'self' ${hashOf(text("ahead.js"))}`,
  styles: "'self'",
  images: "'self'",
  files: "'self'",
};

export const pagePolicy = ({ scripts, styles, images, files = "" }: Sources): string =>
  [
    "default-src 'none'",
    `script-src ${scripts} ${frameHash} blob: 'wasm-unsafe-eval'`,
    `worker-src ${files} blob:`.replace("  ", " "),
    `style-src ${styles} 'nonce-${styleNonce}'`,
    // blob: is how the graph becomes a PNG
    `img-src ${images} blob:`,
    `connect-src ${files || "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types default livegrad-frame livegrad-worker",
  ].join("; ");

/** The mode in which the page becomes one file. */
export const SINGLE = "single";

const framePolicy = [
  "default-src 'none'",
  `script-src ${frameHash} blob: 'wasm-unsafe-eval'`,
  "worker-src blob:",
].join("; ");

const frame = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${framePolicy}"><script>${FRAME}</script>`;

/** `virtual:box` for the page's scripts, and the page's policy in its document. */
export function box(): Plugin {
  const id = "\0virtual:box";
  let alone = false;
  return {
    name: "livegrad:box",
    resolveId: (name) => (name === "virtual:box" ? id : undefined),
    async load(name) {
      if (name !== id) return undefined;
      const script = await classicScript(new URL("worker.ts", RUNTIME));
      return `export const frame = ${JSON.stringify(frame)};\nexport const script = ${JSON.stringify(script)};`;
    },
    configResolved: ({ mode }) => {
      alone = mode === SINGLE;
    },
    transformIndexHtml: (html) =>
      html
        .replace("%STYLE_NONCE%", styleNonce)
        // The policy of one that is alone has the hashes of what is made out of it: see single.ts.
        .replace("%POLICY%", (marker) => (alone ? marker : pagePolicy(site))),
  };
}
