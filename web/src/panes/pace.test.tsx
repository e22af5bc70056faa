// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, it } from "vitest";
import type { State } from "../state/state";
import { frameLater, still } from "./pace";

const at = (step: number, more: Partial<State> = {}): State =>
  ({
    step,
    event: step,
    moment: step,
    moved: true,
    playing: false,
    selected: null,
    ...more,
  }) as State;

interface Props {
  state: State;
  note?: string;
}
const Shown = ({ state, note = "" }: Props) => (
  <b>
    {state.step}
    {state.selected === null ? "" : ` of #${state.selected}`} {note}
  </b>
);

function drawnBy(Pane: typeof Shown) {
  const root = document.createElement("div");
  const says = (): string => root.textContent!.trim();
  const draw = (state: State, note = ""): string => {
    render(<Pane state={state} note={note} />, root);
    return says();
  };
  return { draw, says };
}

it("leaves a still pane as it is at a step, and at nothing else", () => {
  const { draw } = drawnBy(still(Shown) as typeof Shown);
  expect(draw(at(1))).toBe("1");
  expect(draw(at(2))).toBe("1");
  expect(draw(at(3, { selected: 7 }))).toBe("3 of #7");
  expect(draw(at(4, { selected: 7 }))).toBe("3 of #7");
  expect(draw(at(5, { selected: 7 }), "x")).toBe("5 of #7 x");
});

it("draws what follows a frame later than a step, and at once with all else", async () => {
  const { draw, says } = drawnBy(frameLater(Shown) as typeof Shown);
  expect(draw(at(1))).toBe("1");
  await act(() => {
    expect(draw(at(2))).toBe("1");
  });
  expect(says()).toBe("2");
  await act(() => {
    expect(draw(at(3, { selected: 7 }))).toBe("3 of #7");
    expect(draw(at(4, { selected: 7 }))).toBe("3 of #7");
  });
  expect(says()).toBe("4 of #7");
});
