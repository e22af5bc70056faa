/** Made by web/build/box.ts when the page is built. */
declare module "virtual:box" {
  /** The sandboxed frame's whole document, with its own policy. */
  export const frame: string;
  /** worker.ts and all it imports, as the text of one classic script. */
  export const script: string;
}
