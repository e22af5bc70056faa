"""A box with a worker of the test's own: what the frame's policy alone keeps back.

The page makes its box as ever, with the frame, sandbox and policies of the built site; only the
text of the worker is exchanged, or begun otherwise, on its way into the frame.
"""

import json

from playwright.sync_api import Page

EXCHANGE = """(worker, before) => {
  const window = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, "contentWindow");
  Object.defineProperty(HTMLIFrameElement.prototype, "contentWindow", {
    get() {
      const real = window.get.call(this);
      return real && {postMessage: (script, ...rest) =>
        real.postMessage(worker ?? before + script, ...rest)};
    },
  });
}"""


def exchange_worker(page: Page, worker: str) -> None:
    """From its next visit on, the page's boxes run this script in place of the lab's."""
    page.add_init_script(f"({EXCHANGE})({json.dumps(worker)})")


def begin_worker(page: Page, script: str) -> None:
    """From its next visit on, the workers of the page's boxes run this script first."""
    page.add_init_script(f"({EXCHANGE})(null, {json.dumps(script)})")


FORGER = """
onmessage = ({ports: [port]}) => {
  const state = {};
  port.onmessage = ({data: {v, id, type}}) => {
    const send = (answer) => port.postMessage({v, id, ...answer});
    if (type === "load") send({type: "ready", python: "3.14.2", numpy: "2.4.3"});
    else forge(send, port, {v, id});
  };
};
"""
"""A worker that says it is ready at once and answers Run with `forge(send, port, head)`."""
