import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

/** Rows beyond what is seen, above and below. */
const BEYOND = 30;

/** Which rows of a long table to draw: those that its scrolled parent shows, and some around. */
export function useWindow(
  table: RefObject<HTMLTableElement | null>,
  rows: number,
  rowHeight: number,
  windowed: boolean,
): [from: number, to: number] {
  const [seen, setSeen] = useState({ from: 0, to: 4 * BEYOND });
  useLayoutEffect(() => {
    const pane = table.current?.closest<HTMLElement>(".tabled, .sr");
    if (!pane || !windowed) return;
    const look = () => {
      const first = Math.floor(pane.scrollTop / rowHeight);
      const from = Math.max(0, first - BEYOND);
      const to = first + Math.ceil(pane.clientHeight / rowHeight) + BEYOND;
      // A new window only where the old one's edge comes near.
      setSeen((old) =>
        old.from <= Math.max(0, first - BEYOND / 3) && old.to >= to - BEYOND / 1.5
          ? old
          : { from, to },
      );
    };
    look();
    pane.addEventListener("scroll", look, { passive: true });
    return () => pane.removeEventListener("scroll", look);
  }, [windowed, rowHeight]);
  return windowed ? [Math.min(seen.from, rows), Math.min(seen.to, rows)] : [0, rows];
}
