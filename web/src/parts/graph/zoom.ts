import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Zoom and pan of a scrolled pane by the reader's hand: the wheel with Ctrl, two
 * fingers, and a drag on what is empty. What lies under the pointer stays there.
 */
export function useZoom(
  pane: RefObject<HTMLElement | null>,
  zoom: number,
  onZoom: (by: number) => void,
): void {
  const anchor = useRef<Point | null>(null);
  const shown = useRef(zoom);
  const latest = useRef(onZoom);
  latest.current = onZoom;

  useLayoutEffect(() => {
    const element = pane.current;
    const by = zoom / shown.current;
    shown.current = zoom;
    if (!element || by === 1) return;
    const at = anchor.current ?? { x: element.clientWidth / 2, y: element.clientHeight / 2 };
    anchor.current = null;
    element.scrollLeft = (element.scrollLeft + at.x) * by - at.x;
    element.scrollTop = (element.scrollTop + at.y) * by - at.y;
  }, [zoom]);

  useEffect(() => {
    const element = pane.current;
    if (!element) return;
    const zoomAt = (x: number, y: number, by: number) => {
      const box = element.getBoundingClientRect();
      anchor.current = { x: x - box.left, y: y - box.top };
      latest.current(by);
    };
    const end = [wheel(element, zoomAt), pinch(element, zoomAt), drag(element)];
    return () => {
      for (const stop of end) stop();
    };
  }, []);
}

type ZoomAt = (x: number, y: number, by: number) => void;

/** With Ctrl the wheel zooms, as it does the page; without, it scrolls. */
function wheel(element: HTMLElement, zoomAt: ZoomAt): () => void {
  const turn = (event: WheelEvent) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoomAt(event.clientX, event.clientY, Math.exp(-event.deltaY / 300));
  };
  element.addEventListener("wheel", turn, { passive: false });
  return () => element.removeEventListener("wheel", turn);
}

function pinch(element: HTMLElement, zoomAt: ZoomAt): () => void {
  let apart = 0;
  const move = (event: TouchEvent) => {
    const [a, b] = event.touches;
    if (!a || !b) {
      apart = 0;
      return;
    }
    event.preventDefault();
    const now = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    if (apart) zoomAt((a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2, now / apart);
    apart = now;
  };
  const stop = () => {
    apart = 0;
  };
  element.addEventListener("touchmove", move, { passive: false });
  element.addEventListener("touchend", stop);
  return () => {
    element.removeEventListener("touchmove", move);
    element.removeEventListener("touchend", stop);
  };
}

/** A mouse takes hold of what is empty; fingers scroll by themselves. */
function drag(element: HTMLElement): () => void {
  let last: Point | null = null;
  let moved = false;
  const down = (event: PointerEvent) => {
    const onNode = event.target instanceof Element && event.target.closest("[role='button']");
    if (event.pointerType !== "mouse" || event.button !== 0 || onNode) return;
    last = { x: event.clientX, y: event.clientY };
    moved = false;
  };
  const move = (event: PointerEvent) => {
    if (!last) return;
    const [dx, dy] = [event.clientX - last.x, event.clientY - last.y];
    if (!moved && Math.hypot(dx, dy) < 4) return;
    moved = true;
    element.scrollLeft -= dx;
    element.scrollTop -= dy;
    last = { x: event.clientX, y: event.clientY };
  };
  const up = () => {
    last = null;
  };
  // The click at the end of a drag is not one on nothing, which lets go of the chosen object.
  const click = (event: MouseEvent) => {
    if (moved) event.stopPropagation();
    moved = false;
  };
  element.addEventListener("pointerdown", down);
  addEventListener("pointermove", move);
  addEventListener("pointerup", up);
  element.addEventListener("click", click, { capture: true });
  return () => {
    element.removeEventListener("pointerdown", down);
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", up);
    element.removeEventListener("click", click, { capture: true });
  };
}

/** An object that was chosen, in a list or by searching, may lie outside of the pane: it is scrolled to. */
export function useInSight(pane: RefObject<HTMLElement | null>, chosen: number | null): void {
  useEffect(() => {
    if (chosen === null) return;
    const halo = pane.current?.querySelector(".halo");
    halo?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [chosen]);
}
