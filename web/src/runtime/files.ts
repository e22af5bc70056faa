/**
 * The site's files: from its server, or where the page is one file (`build --single-file`) out of
 * the page itself, in which each lies as a block of text, compressed by gzip and in base64.
 */
export const open: (address: string) => Promise<Response> =
  import.meta.env.MODE === "single" ? enclosed : (address) => fetch(address);

async function enclosed(address: string): Promise<Response> {
  const name = address.slice(address.lastIndexOf("/") + 1);
  const letters = atob(document.getElementById(name)!.textContent);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = letters.charCodeAt(at);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
}
