/**
 * What C code holds while it calls a function of the program. Its variables stand nowhere in
 * memory, so this is told by deduction, and its name says so. That C code was between two
 * frames is read from their chain. It rests while the function runs that it called: a
 * reference that nothing explains and that was not there before is its own if it is met
 * just as the function begins. What comes up later is not; it stays unexplained, and so
 * does what is left when the C code has returned.
 */
import type { Call } from "./calls";
import type { Graph } from "./graph";
import type { Layout } from "./layout";
import type { Memory } from "./memory";

/** Name of the edge from a function's frame to what the C code holds that called it. */
export const FOREIGN = "(C)";

const MOST = 4096;

/** Whether C code runs between a frame and another further out that waits for it. */
export function isCalledFromC(
  memory: Memory,
  { frame: layout }: Layout,
  frame: number,
  caller: number,
): boolean {
  let here = memory.u32(frame + layout.previous);
  for (let n = 0; here && here !== caller && n < MOST; n++) {
    if (memory.u8(here + layout.owner) === layout.entry) return true;
    here = memory.u32(here + layout.previous);
  }
  return false;
}

/** Give a call that has just begun what the C code holds by which it was called. */
export function takeForeign(memory: Memory, graph: Graph, call: Call): void {
  for (const node of graph.touched) {
    if (!node.isCounted) continue;
    // Of what is older than the recording it is not known what was there before.
    if (node.rest < 0 && node.stack < 0) continue;
    const rest = node.unexplainedOf(memory.u32(node.at)) - Math.max(node.rest, 0);
    for (let n = 0; n < rest; n++) {
      call.foreign.push(node);
      graph.holdings.add(call.node!, node, FOREIGN);
    }
  }
}
