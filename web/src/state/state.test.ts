import { describe, expect, it } from "vitest";
import { readTrace } from "../trace/decode";
import { runOf, sampleTrace } from "../trace/sample";
import { PLAIN } from "./lens";
import { next, type Phase } from "./phase";
import { fromFragment, toFragment } from "./share";
import { type Action, eventIn, leading, reduce, type State } from "./state";

const start: State = {
  phase: "ready",
  failure: "",
  progress: null,
  language: "en",
  theme: "light",
  source: "a = 1",
  example: "",
  mode: "weak",
  takes: { weak: null, strong: null },
  runs: null,
  step: 0,
  event: 0,
  moment: 0,
  moved: false,
  selected: null,
  report: false,
  table: false,
  lens: PLAIN,
  playing: false,
  help: false,
  lesson: "closed",
  remains: null,
  asking: false,
  goal: null,
};
const stateAfter = (...actions: Action[]): State => actions.reduce(reduce, start);
const take = () => ({
  source: "a = 1",
  recording: readTrace(JSON.stringify(sampleTrace())),
  version: 0,
});

describe("phase", () => {
  it("keeps the promise of a Run pressed while Python loads", () => {
    expect(next(next("loading", "run"), "ready")).toBe("running");
  });

  it("can run again from every end", () => {
    for (const phase of ["finished", "failed", "stopped"] as Phase[]) {
      expect(next(phase, "run")).toBe("running");
    }
  });

  it("ignores what has no meaning", () => {
    expect(next("ready", "done")).toBe("ready");
    expect(next("running", "run")).toBe("running");
  });
});

describe("a shipped recording", () => {
  const takes = () => ({ weak: take(), strong: take() });

  it("is shown where it is of the program, at the event given", () => {
    const state = stateAfter({ type: "shipped", takes: takes(), event: 1 });
    expect(leading(state)).not.toBeNull();
    expect(state.event).toBe(1);
  });

  it("is shown where a link wants its reader, and so is the first run", () => {
    const goal = { step: 0, selected: "Thing#1" };
    const open: Action = { type: "open", source: "a = 1", mode: "strong", goal };
    const state = stateAfter(open, { type: "shipped", takes: takes(), event: 4 });
    expect(state.step).toBe(0);
    expect(state.selected).not.toBeNull();
    const recorded: Action[] = [
      { type: "run" },
      { type: "begin", outputs: "strong", take: take() },
      { type: "grew", outputs: "strong" },
    ];
    const again = recorded.reduce(reduce, state);
    expect(again.step).toBeGreaterThan(0);
    expect(reduce(again, { type: "finish", remains: null })).toMatchObject({ step: 0, goal: null });
  });

  it("gives way to another program and to a run", () => {
    const late: Action = { type: "shipped", takes: takes(), event: 1 };
    expect(leading(stateAfter({ type: "write", source: "b = 2" }, late))).toBeNull();
    expect(leading(stateAfter({ type: "run" }, late))).toBeNull();
  });
});

describe("reduce", () => {
  const run: Action[] = [
    { type: "run" },
    { type: "begin", outputs: "weak", take: take() },
    { type: "grew", outputs: "weak" },
  ];

  it("goes along with a recording that grows until the reader moves", () => {
    expect(stateAfter(...run)).toMatchObject({ phase: "running", step: 3, event: 20 });
    const moved = stateAfter(...run, { type: "goTo", step: 1 }, { type: "grew", outputs: "weak" });
    expect(moved).toMatchObject({ step: 1, event: 9 });
  });

  it("stays inside the recording, and inside a line where it is told to", () => {
    expect(stateAfter(...run, { type: "goTo", step: 99 }).step).toBe(3);
    expect(stateAfter(...run, { type: "goTo", step: -1 }).step).toBe(0);
    expect(stateAfter(...run, { type: "goTo", step: 2, event: 13 })).toMatchObject({
      step: 2,
      event: 13,
    });
  });

  it("keeps the text over Stop, and what was recorded", () => {
    const state = stateAfter(...run, { type: "stop" });
    expect(state).toMatchObject({ phase: "stopped", source: "a = 1" });
    expect(leading(state)).not.toBeNull();
  });

  it("forgets the recording of another program, not that of the other mode", () => {
    const both = stateAfter(
      ...run,
      { type: "finish", remains: { of: "weak" } },
      { type: "mode", mode: "strong" },
      { type: "run" },
      {
        type: "begin",
        outputs: "strong",
        take: take(),
      },
    );
    expect(both.takes.weak).not.toBeNull();
    const chosen = reduce(
      { ...both, phase: "finished" },
      { type: "choose", example: "x", source: "b" },
    );
    expect(chosen).toMatchObject({ phase: "ready", takes: { weak: null, strong: null } });
  });

  it("moves both recordings of Compare to the end of the same step", () => {
    const state = stateAfter(
      ...run,
      { type: "finish", remains: { of: "weak" } },
      { type: "begin", outputs: "strong", take: take() },
      {
        type: "mode",
        mode: "compare",
      },
      { type: "goTo", step: 1 },
    );
    for (const one of [state.takes.weak!, state.takes.strong!]) {
      expect(eventIn(state, one.recording)).toBe(9);
    }
  });
});

describe("another mode", () => {
  const of = (...run: Parameters<typeof runOf>) => ({
    source: "a = 1",
    recording: readTrace(JSON.stringify(runOf(...run))),
    version: 0,
  });
  const weak = of([1, 2, 3, 6, 2, 6], [2, 6]);
  const strong = of([1, 2, 4, 5, 6, 2, 6], [2, 4, 6]);
  const both: State = { ...start, takes: { weak, strong } };
  const sent = (state: State, ...actions: Action[]) => actions.reduce(reduce, state);
  const to = (mode: State["mode"]): Action => ({ type: "mode", mode });
  const at = (step: number): Action => ({ type: "goTo", step });

  it("shows the same instant, where the other run has it", () => {
    expect(sent(both, at(3), to("strong"))).toMatchObject({ step: 4, event: 5, moment: 4 });
    expect(sent(both, at(3), to("compare"))).toMatchObject({ step: 3, moment: 5 });
    expect(sent(both, at(3), to("compare"), to("strong"))).toMatchObject({ step: 4 });
    expect(sent(both, at(3), to("strong"), to("weak"))).toMatchObject({ step: 3 });
  });

  it("shows the line before where the other run did not execute this one", () => {
    expect(sent(both, to("strong"), at(3), to("weak"))).toMatchObject({ step: 2 });
  });

  it("keeps the chosen object, by its number, and lets go of what the other run never made", () => {
    // In the strong run Thing#2 is born at line 4, and the weak one's second at line 6.
    const chosen = sent(both, at(3), { type: "select", object: 1 }, to("strong"));
    expect(chosen.selected).toBe(1);
    expect(sent(chosen, { type: "select", object: 4 }, to("weak")).selected).toBeNull();
  });

  it("keeps the place in the middle of a line, as far as the same run is shown", () => {
    const takes = { weak: take(), strong: null };
    const middle: Action = { type: "goTo", step: 2, event: 13 };
    const there = sent({ ...start, takes }, middle, to("compare"));
    expect(there).toMatchObject({ step: 2, event: 13, moment: 2 });
  });

  it("finds its place again after a mode that nothing is recorded in", () => {
    const takes = { weak, strong: null };
    const away = sent({ ...start, takes }, at(2), to("strong"));
    expect(leading(away)).toBeNull();
    expect(reduce(away, to("weak"))).toMatchObject({ step: 2, event: 3, moment: 2 });
  });

  it("goes along with a recording that grows, as before", () => {
    const running = sent({ ...both, phase: "running" }, to("strong"), {
      type: "grew",
      outputs: "strong",
    });
    expect(running.step).toBe(6);
  });
});

describe("links", () => {
  it("hold a program and bring it back, whatever is in it", async () => {
    const source = 'print("한국어 <script>")\n'.repeat(50);
    const fragment = await toFragment({ source, outputs: "compare" });
    expect(fragment).toMatch(/^#lab=[\w-]+$/);
    expect(fragment.length).toBeLessThan(source.length);
    expect(await fromFragment(fragment)).toEqual({ source, outputs: "compare" });
  });

  it("without a program are no links, and damaged ones say so", async () => {
    expect(await fromFragment("#elsewhere")).toBeNull();
    await expect(fromFragment("#lab=AAAA")).rejects.toThrow();
  });

  it("are not unpacked beyond a megabyte", async () => {
    const bomb = await toFragment({ source: "a".repeat(2_000_000), outputs: "weak" });
    await expect(fromFragment(bomb)).rejects.toThrow("too long");
  });
});
