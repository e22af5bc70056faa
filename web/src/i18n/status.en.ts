const many = (n: number, one: string): string => `${n} ${n === 1 ? one : `${one}s`}`;

/** What the page is doing, in English. */
export const statusEn = {
  loading: "Loading Python",
  ready: "Ready",
  running: "Running",
  finished: (steps: number) => `Finished, ${many(steps, "step")}`,
  failed: (why: string) => `Failed: ${why}`,
  stopped: "Stopped",
  /** After the others, where the recording ended before the program. */
  limited: {
    lines: "recorded up to the limit of executed lines",
    events: "recorded up to the limit of events",
    bytes: "recorded up to the limit of bytes",
    objects: "recorded up to the limit of objects",
    failed: "recorded in part",
  },
  progress: (done: string, total: string) => `${done} of ${total}`,
  shipped: "Shown: a recording shipped with the page",
  stage: { runtime: "interpreter", numpy: "numpy", livegrad: "livegrad" },
  stepsSoFar: (steps: number) => `${many(steps, "step")} so far`,
  secondRun: "second run, strong outputs",
  /** Each state in a sentence, and of a finished run how it was recorded. */
  explained: {
    loading: "Python and NumPy are on their way. What is shown can be explored meanwhile.",
    waiting: "The program runs as soon as Python is there.",
    ready: "Python waits in this tab: Run records your program line by line.",
    running: "The program runs and is recorded line by line. Stop ends it and keeps the recording.",
    finished: "The program ran to its end. A step is the end of one executed line.",
    failed: "What was recorded up to here stays, with what the error itself keeps alive.",
    stopped: "The recording up to the moment of Stop stays.",
  },
  recordedBy: {
    outside: "It was recorded from outside the interpreter, which changes nothing in the program.",
    python:
      "It was recorded by Python code: collections come at other moments, and what lives within one line may be missed.",
  },
};
