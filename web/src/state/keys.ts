/** Keys of the whole page. Single keys act only outside what takes text or arrows itself. */
import type { Mode } from "./state";

export interface KeyActions {
  run(): void;
  line(by: 1 | -1): void;
  event(by: 1 | -1): void;
  death(by: 1 | -1): void;
  collection(by: 1 | -1): void;
  /** To the next or previous run of the same line. */
  pass(by: 1 | -1): void;
  first(): void;
  last(): void;
  mode(mode: Mode): void;
  table(): void;
  find(): void;
  near(): void;
  /** One step larger or smaller; 0 is as large as fits. */
  zoom(by: 1 | -1 | 0): void;
  /** To the first that the chosen object holds, or (by -1) to its first holder. */
  neighbour(by: 1 | -1): void;
  letGo(): void;
  play(): void;
  help(): void;
}

/** Inputs, editors and selects keep their own keys. */
const OWN_KEYS =
  "input:not([type='range'], [type='radio']), textarea, select, [contenteditable='true'], [role='textbox']";

export function onKeys(actions: KeyActions): void {
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey) return;
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      actions.run();
      return;
    }
    if (event.ctrlKey || event.metaKey) return;
    const { target } = event;
    if (target instanceof Element && target.closest(`${OWN_KEYS}, dialog`)) return;
    if (target instanceof Element && pressesOwn(event, target)) return;
    const act = keyOf(event, actions);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

/** The slider and the radios move by arrows, Home and End; whatever can be pressed is by Space. */
function pressesOwn({ key, shiftKey }: KeyboardEvent, target: Element): boolean {
  if (key === " ")
    return target.closest("button, summary, [role='button'], [type='radio']") !== null;
  // With Shift the slider's arrows go to the events within a line.
  if (shiftKey && target.matches("[type='range']")) return false;
  return target.matches("input") && /^(Arrow|Home|End|Page)/.test(key);
}

function keyOf(event: KeyboardEvent, a: KeyActions): (() => void) | null {
  const back = event.shiftKey ? -1 : 1;
  switch (event.key) {
    case "ArrowLeft":
      return () => (event.shiftKey ? a.event(-1) : a.line(-1));
    case "ArrowRight":
      return () => (event.shiftKey ? a.event(1) : a.line(1));
    case "d":
    case "D":
      return () => a.death(back);
    case "g":
    case "G":
      return () => a.collection(back);
    case "p":
    case "P":
      return () => a.pass(back);
    case "Home":
      return a.first;
    case "End":
      return a.last;
    case "1":
      return () => a.mode("strong");
    case "2":
      return () => a.mode("weak");
    case "3":
      return () => a.mode("compare");
    case "t":
    case "T":
      return a.table;
    case "/":
      return a.find;
    case "f":
    case "F":
      return a.near;
    case "[":
      return () => a.neighbour(-1);
    case "]":
      return () => a.neighbour(1);
    case "+":
    case "=":
      return () => a.zoom(1);
    case "-":
      return () => a.zoom(-1);
    case "0":
      return () => a.zoom(0);
    case " ":
      return a.play;
    case "?":
      return a.help;
    case "Escape":
      return a.letGo;
    default:
      return null;
  }
}
