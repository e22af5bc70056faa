/**
 * The box that a stranger's program runs in: a frame without an origin, and in
 * it one worker. The page hands it everything and it can fetch nothing; what it
 * may do at all is in its policy (web/build/box.ts) and in THREATS.md.
 *
 *     page ──text of the worker──▶ frame ──▶ worker
 *      └───────────── one port, both ways ─────┘
 *
 * Removing the frame ends the worker at once, whatever it is doing.
 */
import { trustedFrame } from "./trusted";

export interface Box {
  /** Both ways, directly between the page and the worker; messages wait until it has started. */
  readonly port: MessagePort;
  /** Called once if the worker cannot start or throws what nobody catches, with its words. */
  onFailure: ((words: string) => void) | null;
  /** End the worker and all that is in it. */
  close(): void;
}

export function openBox(): Box {
  const { port1, port2 } = new MessageChannel();
  const frame = document.createElement("iframe");
  const box: Box = {
    port: port1,
    onFailure: null,
    close() {
      removeEventListener("message", listen);
      port1.close();
      frame.remove();
    },
  };
  function listen({ source, data }: MessageEvent<unknown>): void {
    if (source !== null && source === frame.contentWindow) fail(data);
  }
  const fail = (words: unknown) => box.onFailure?.(String(words));
  addEventListener("message", listen);
  frame.setAttribute("sandbox", "allow-scripts");
  frame.title = "Python";
  frame.hidden = true;
  import("virtual:box").then(({ frame: html, script }) => {
    frame.onload = () => frame.contentWindow?.postMessage(script, "*", [port2]);
    frame.srcdoc = trustedFrame(html);
    document.body.append(frame);
  }, fail);
  return box;
}
