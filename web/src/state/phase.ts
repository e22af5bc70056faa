/**
 * What the page is doing. One value, changed by `step` alone.
 *
 *             ready                run
 *   loading ─────────▶ ready ─────────────▶ running ──done──▶ finished
 *      │                 ▲                   ▲  │ │
 *      │ run             │ choose            │  │ └───fail──▶ failed
 *      ▼                 │                   │  └─────stop──▶ stopped
 *   waiting ──ready──▶ (running)             │
 *                        finished, failed, stopped ──run──┘
 *
 * `waiting` is loading with Run already pressed: it keeps its promise when
 * Python is ready. Where loading fails the page is `failed`, and Run tries again. So it is, from
 * any place, by a link that cannot be read; that stays told also when Python is ready.
 */
export type Phase = "loading" | "waiting" | "ready" | "running" | "finished" | "failed" | "stopped";

export type Signal = "ready" | "run" | "done" | "fail" | "stop" | "choose";

const TABLE: Record<Phase, Partial<Record<Signal, Phase>>> = {
  loading: { ready: "ready", run: "waiting", fail: "failed" },
  waiting: { ready: "running", fail: "failed", stop: "loading" },
  ready: { run: "running", fail: "failed" },
  running: { done: "finished", fail: "failed", stop: "stopped" },
  finished: { run: "running", choose: "ready", fail: "failed" },
  failed: { run: "running", choose: "ready" },
  stopped: { run: "running", choose: "ready", fail: "failed" },
};

/** The phase after a signal; a signal that has no meaning now changes nothing. */
export const next = (phase: Phase, signal: Signal): Phase => TABLE[phase][signal] ?? phase;

export const isBusy = (phase: Phase): boolean => phase === "running" || phase === "waiting";
