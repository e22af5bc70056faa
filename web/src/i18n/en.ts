import type { Place } from "../trace/places";
import { consoleEn } from "./console.en";
import { inspector } from "./inspector.en";
import { lessonEn } from "./lesson.en";
import { bytes } from "./numbers";
import { code, type Marked, type Rich, rich, strong, term } from "./rich";
import { shareEn } from "./share.en";
import { statusEn } from "./status.en";
import { tellEn } from "./tell.en";
import { terms } from "./terms.en";
import { cure, why } from "./why.en";

const many = (n: number, one: string, more = `${one}s`): string => `${n} ${n === 1 ? one : more}`;

const count = (n: number): string => n.toLocaleString("en");
const ended = (line: number, limit: string): string =>
  `The recording ended at line ${line}: ${limit} was reached; the program ran on unrecorded.`;

/** English, and by its type the list of all texts that a language must have. */
export const en = {
  language: "English",
  bytes,
  page: {
    title: "Livegrad",
    controls: "Controls",
    theme: "Theme",
    languages: "Language",
  },
  controls: {
    example: "Example",
    own: "Your own program",
    run: "Run",
    runWhenReady: "Run when ready",
    stop: "Stop",
    share: "Share",
    outputs: "Outputs",
    weak: "Weak",
    strong: "Strong",
    compare: "Compare",
    more: "Lesson, output and more",
  },
  status: statusEn,
  program: {
    heading: "Program",
    allocated: "+ kB",
    freed: "− kB",
    costs: "at each line’s last run",
    changed: "changed since it was recorded",
  },
  lesson: lessonEn,
  share: shareEn,
  console: consoleEn,
  output: {
    heading: "Output",
    cut: "The output is cut after its first 1,000,000 characters.",
    nothing: "The program printed nothing.",
    notRun: "Nothing has run yet.",
    running: "Nothing printed so far.",
    recorded: (steps: number) => `Recorded ${many(steps, "step")}.`,
    collections: (runs: number, shown: number, found: number): Rich =>
      runs === 0
        ? rich`The ${term("collector", terms.collector)} did not run.`
        : rich`The ${term("collector", terms.collector)} ran ${runs === 1 ? "once" : `${runs} times`} and ${shown ? `freed ${many(shown, "object")}` : found ? "freed only what is not drawn" : "found nothing"}.`,
    /** Before a sentence that is in another language in the traceback. */
    means: "It means:",
    errorAt: (type: string, line: number) => `${type} at line ${line}`,
    exited: (code: string) =>
      `The program ended itself: SystemExit${code === "0" ? "" : `, ${code}`}.`,
    stoppedByYou: "Stopped. The recording up to here stays.",
    limit: {
      lines: (line: number, n: number) => ended(line, `its limit of ${count(n)} executed lines`),
      events: (line: number, n: number) => ended(line, `its limit of ${count(n)} events`),
      bytes: (line: number, n: number) => ended(line, `its limit of ${count(n)} bytes`),
      objects: (line: number, n: number) =>
        ended(line, `its limit of ${count(n)} objects looked at in one step`),
      failed: (line: number, words: string) =>
        `The recording ended at line ${line}: the recorder itself failed (${words}); the program ran on unrecorded.`,
    },
    mode: { weak: "Weak outputs", strong: "Strong outputs" },
  },
  place: ({ line, input }: Place) =>
    [
      ...(input ? [`console input ${input}`] : []),
      ...(line || !input ? [`line ${line}`] : []),
    ].join(", "),
  position: {
    after: (where: string) => `After ${where}`,
    inside: (where: string) => `Inside ${where}`,
    pass: (pass: number, of: number) => `pass ${pass} of ${of}`,
    step: (step: number, of: number) => `step ${step} of ${of}`,
    /** Value of the slider, word for word: others rely on it. */
    valueText: (step: number, of: number, where: string) => `step ${step} of ${of}, ${where}`,
    slider: "Step",
    previous: "Previous line",
    next: "Next line",
    death: "Next death",
    collection: "Next collection",
    play: "Play",
    pause: "Pause",
    short: { line: "Line", death: "Death", collection: "Collection" },
    live: (size: string): Rich => rich`${strong(size)} live`,
    objects: (n: number): Rich => rich`${strong(n)} ${n === 1 ? "object" : "objects"}`,
    peak: (size: string): Rich => rich`peak so far ${strong(size)}`,
    holds: (times: number): Rich =>
      rich`strong holds ${strong(`${times < 10 ? times.toFixed(1).replace(".0", "") : Math.round(times)}×`)}`,
    nothing: "Nothing recorded",
  },
  tell: tellEn,
  graph: {
    region: "Graph",
    heading: "Live objects",
    strong: "strong",
    weak: "weak",
    dead: "dead",
    instance: "object",
    diedHere: (n: number) => `† ${n} died`,
    island: (n: number) => `⊘ unreachable island, ${many(n, "object")}`,
    node: (label: string, names: string, state: string, count: number) =>
      `${names ? `${names}, ` : ""}${label}, ${state}${state === "dead" ? "" : `, reference count ${count}`}`,
    earlier: (n: number) => `${n} died in earlier steps`,
    temporaries: (n: number) => `${n} more lived and died within this line`,
    olderIslands: (islands: number, n: number, size: number) =>
      `${many(islands, "older island")}: ${many(n, "object")}, ${bytes(size)}`,
    notDrawn: (n: number) => `${many(n, "more object")} alive and not drawn: see the table`,
    nothingDied: "Nothing has died",
    noOlder: "No older deaths yet",
    empty: "Nothing is alive that this page draws.",
    table: "Show as table",
    graph: "Show as graph",
    fold: (type: string, objects: number, groups: number, size: number, state: string) =>
      `Fold of ${groups ? `${groups} times ${type}, ${many(objects, "object")}` : `${objects} times ${type}`}${size ? `, ${bytes(size)}` : ""}, ${state}: open`,
    arranging: (n: number) => `Finding seats for ${n.toLocaleString("en")} objects.`,
    formedAt: (where: string, step: number) => `formed at ${where}, step ${step}`,
    islandCard: (n: number, size: number) =>
      `${many(n, "object")}${size ? `, ${bytes(size)}` : ""}`,
    andMore: (n: number) => `and ${n.toLocaleString("en")} more`,
    notHere: "did not run this line",
    hide: (kind: string) => `Show or hide every ${kind}`,
  },
  find: {
    open: "Search objects",
    label: "Find an object",
    hint: "Name, type or number",
    matches: (at: number, of: number) =>
      of === 0 ? "none alive" : at ? `${at} of ${of}` : many(of, "match", "matches"),
    next: "Next match",
    previous: "Previous match",
    close: "Close",
  },
  zoom: {
    heading: "Zoom",
    larger: "Larger",
    smaller: "Smaller",
    fit: "Fit",
    fold: "Fold again",
  },
  empty: {
    first: "Press Run to record the program and watch its objects.",
    loading: "Python is loading. You can edit and press Run now: it starts when Python is ready.",
    mode: (mode: string) =>
      `No recording with ${mode} outputs for this text. Press Run to make one.`,
    compare: "Press Run: the program runs with weak outputs, then with strong ones.",
    noSteps: "No line was executed, so there is nothing to step through.",
  },
  table: {
    /** Of a long table that only those who listen have: where the rest of it is. */
    part: (n: number, of: number, button: string) =>
      `The first ${count(n)} of ${count(of)} objects. The button “${button}”, or the key T, shows the whole table.`,
    name: "Objects",
    object: "Name",
    type: "Type",
    state: "State",
    count: "Reference count",
    weak: "Weak references",
    bytes: "Bytes",
    born: "Born line",
    died: "Died line",
    cause: "Cause",
    label: "Label",
  },
  state: { unborn: "not born", alive: "alive", unreachable: "unreachable", dead: "dead" },
  cause: {
    refcount: "reference count",
    gc: (generation: number | null) =>
      generation === null ? "collector" : `collector, generation ${generation}`,
  },
  holder: {
    name: (name: string, module: string) => rich`name ${code(name)} in ${code(module)}`,
    item: (path: string, place: string) => rich`${code(path)} in ${code(place)}`,
    argument: (name: string, frame: string) => rich`argument ${code(name)} of ${code(frame)}`,
    local: (name: string, frame: string) => rich`local ${code(name)} of ${code(frame)}`,
    return: (frame: string) => rich`return value of ${code(frame)}`,
    attribute: (path: string, label: string) => rich`${code(path)} of ${label}`,
    attributeOf: (path: Marked, label: Marked) => rich`${path} of ${label}`,
    within: (path: string, holder: Rich): Rich => rich`${code(path)} in ${holder}`,
    /** The same in a cell of the picture. */
    words: {
      C: "C code",
      call: "call",
      temporary: "expression",
      function: "running",
      handled: "handling",
      raised: "raising",
      subclasses: "subclasses",
    },
    unnamed: {
      C: (frame: string): Rich => rich`C code that called ${code(frame)} (deduced)`,
      call: (frame: string): Rich => rich`the unfinished call of ${code(frame)} (deduced)`,
      temporary: (frame: string): Rich => rich`an unfinished expression of ${code(frame)}`,
      function: (frame: string): Rich => rich`the running call of ${code(frame)}`,
      handled: (_: string): Rich => rich`the interpreter, which is handling it`,
      raised: (_: string): Rich => rich`the interpreter, which is raising it`,
      subclasses: (_: string): Rich => rich`a class, among its subclasses`,
    },
  },
  why,
  cure,
  inspector,
  terms,
  timeline: {
    figure: "Timeline",
    objects: "objects",
    line: "line",
    deaths: "deaths",
    pass: (n: number) => `pass ${n}`,
    at: (where: string, step: number) => `${where}, step ${step}`,
    count: (n: number) => many(n, "object"),
    parting: "here they part",
    part: "Part that is shown",
    unreachable: (n: number) => `⊘ ${bytes(n)} no name can reach`,
    ends: (why: string) => `✕ ${why}: the program ends here`,
    summary: (steps: number, peak: number) => `${many(steps, "step")}, peak ${bytes(peak)}`,
  },
  keys: {
    heading: "Keyboard",
    close: "Close",
    note: "Single keys act outside the program’s text; Escape leaves it.",
    of: {
      run: "run the program",
      play: "play or pause",
      line: "previous, next line",
      event: "previous, next event within a line",
      ends: "first, last line",
      death: "next, previous death",
      collection: "next, previous collection",
      pass: "next, previous run of the same line",
      outputs: "strong, weak, compare",
      table: "graph or table",
      find: "search the objects",
      near: "only what is near the chosen object",
      neighbour: "what holds the chosen object, what it holds",
      zoom: "larger, smaller, as it fits",
      letGo: "let go of the chosen object",
      help: "this list",
    },
  },
  flaw: {
    foreign: "This file is not a Livegrad recording. Choose one made by `record`.",
    version: (version: string) =>
      `This recording has version ${version} and this page reads version 1. Record the program again.`,
    damaged: (detail: string) =>
      `The recording is damaged: ${detail}. Run the program again to record it anew.`,
    unread: "The file could not be read. Open it once more.",
  },
  /** An exception's sentence where it is the engine's and the page's language another. */
  engine: (_english: string): string | null => null,
  fault: {
    fetch: (file: string, status: number | null) =>
      status === null
        ? `${file} could not be fetched; check the connection and press Run to try again.`
        : `${file} could not be fetched (status ${status}); reload the page.`,
    file: (file: string) => `${file} is not as this site was built with it; reload the page.`,
    browser: (lacks: string) =>
      `this browser lacks ${lacks}; open the page in a current Chrome, Edge, Firefox or Safari.`,
    start: (detail: string) =>
      `Python could not start (${detail}); reload the page, or open it in a current Chrome, Edge or Firefox.`,
    died: (line: number | null, why: string) =>
      `Python died${line === null ? "" : ` at line ${line}`}${why}; the next run has a fresh one.`,
    why: {
      depth: " because calls were nested deeper than the browser allows",
      memory: " because the browser had no more memory for it",
      exit: " because the program ended the interpreter itself",
      other: (detail: string) => ` (${detail})`,
    },
    broken: (line: number | null, detail: string) =>
      `the program changed what the recorder is made of${line === null ? "" : `, by line ${line}`} (${detail}); the next run has a fresh Python.`,
    worn: {
      changed:
        "The program changed parts that Python or the recorder are made of: the next run has a fresh Python.",
      full: "Python’s memory grew beyond 512 MiB and does not shrink again: the next run has a fresh Python.",
    },
    link: "This link holds no readable program. Ask for it again.",
    flood:
      "the program sent more than this page can take in, so it was ended; what came before is shown.",
    nonsense: "the program sent messages that are not the recorder’s, so it was ended.",
  },
};

export type Texts = typeof en;
