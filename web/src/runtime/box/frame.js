// The one script of the sandboxed frame: it makes the worker out of the text that the page sends,
// and reports a worker that fails. A plain script, because the policy knows it by its hash.
// The page's policy asks for trusted script addresses where the browser knows them.
const made = globalThis.trustedTypes?.createPolicy("livegrad-worker", {
  createScriptURL: (address) => address,
});

function startWorker({ source, data, ports }) {
  if (source !== parent) return;
  removeEventListener("message", startWorker);
  const address = URL.createObjectURL(new Blob([data], { type: "text/javascript" }));
  // A classic worker: browsers refuse a module from a blob to a document without an origin.
  const worker = new Worker(made ? made.createScriptURL(address) : address);
  worker.onerror = (event) => {
    event.preventDefault();
    source.postMessage(String(event.message || "its script did not load"), "*");
  };
  worker.postMessage(null, ports);
}
addEventListener("message", startWorker);
