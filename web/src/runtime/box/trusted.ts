/**
 * The page's Trusted Types: what may become markup or a script at all. Imported
 * before anything else, as `default` is asked about every script's address.
 * Where a browser does not know them, texts are passed on as they are.
 */
interface Rules {
  createHTML?(html: string): string;
  createScriptURL?(address: string): string;
}
interface Factory {
  createPolicy(name: string, rules: Rules): Required<Rules>;
}

const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;

// Workers and the service worker: files of this site and nothing else; where the page is one file,
// its workers are blobs that it has made itself.
const own = () =>
  import.meta.env.MODE === "single" ? `blob:${self.origin}/` : new URL("./", document.baseURI).href;
factory?.createPolicy("default", {
  createScriptURL(address) {
    const { href } = new URL(address, document.baseURI);
    if (!href.startsWith(own())) throw new TypeError(`${href} is no script of this site.`);
    return href;
  },
});
const frames = factory?.createPolicy("livegrad-frame", { createHTML: (html) => html });

/** The document of the sandboxed frame, which comes from the build. */
export const trustedFrame = (html: string): string => frames?.createHTML(html) ?? html;
