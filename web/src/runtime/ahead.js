// Has the browser fetch what Python starts from before the page's own script asks for it. Not for
// a player in another page, which starts Python when it is asked to run: there may be many.
// Inline in the document, and known to its policy by its hash.
if (!new URLSearchParams(location.search).has("embed")) {
  for (const link of document.querySelectorAll('link[rel="runtime"]')) link.rel = "preload";
}
