/**
 * What runs: the client of the worker, the runs of a program and the inputs of the console,
 * whose recordings grow on the page while they come.
 */
import { texts } from "./i18n";
import { type Client, createClient, type OnPart, type Outcome, Stopped } from "./runtime/client";
import { readCompletions, readTold } from "./runtime/console";
import { Failure, type Fault } from "./runtime/faults";
import type { Outputs } from "./runtime/messages";
import { hasRoomForTwo } from "./runtime/spare";
import { isBusy } from "./state/phase";
import type { Action, Remains, State } from "./state/state";
import { tellReason } from "./telling/fault";
import { append } from "./trace/decode";
import { TraceError } from "./trace/errors";
import { TraceFile } from "./trace/file";
import { Recording } from "./trace/recording";
import { stepCount } from "./trace/replay";
import type { Reply } from "./views/console";

const FILE = "main.py";
/** Objects and steps of a recording that can be drawn whenever it grows. */
const SHORT = 1000;

export interface Running {
  /** Load Python, if it is not loading or here. */
  start(): void;
  run(): void;
  stop(): void;
  /** Ask the console; true where the recording has gone on with what came of it. */
  ask(text: string): Promise<{ reply: Reply; grown: boolean }>;
  complete(text: string): Promise<readonly string[]>;
}

/** What is recorded, as it grows; the console goes on with that of the last run. */
interface Record {
  readonly outputs: Outputs;
  readonly recording: Recording;
  readonly kept: TraceFile;
}

type Recorded = Outcome & { recording: Recording };

/** @param onArrived is called with all files when everything that Python can import is here. */
export function createRunning(
  now: () => State,
  send: (action: Action) => void,
  onArrived: (files: Awaited<Client["arrived"]>) => void,
): Running {
  let started: Client | null = null;
  let latest: Record | null = null;

  function python(): Client {
    started ??= load();
    return started;
  }

  function load(): Client {
    const client = createClient({
      assets: document.querySelector<HTMLLinkElement>("#runtime")!.href,
      spare: hasRoomForTwo(navigator),
      onProgress: (stage, done, total) => send({ type: "progress", stage, done, total }),
    });
    client.ready.then(
      () => {
        const waiting = now().phase === "waiting";
        send({ type: "pythonReady" });
        if (waiting) void runNow();
        client.arrived.then(onArrived, () => {});
      },
      (error: unknown) => send({ type: "fail", why: reason(error) }),
    );
    return client;
  }

  /** One run, or in Compare two, one after the other, whatever became of the first. */
  async function runNow(): Promise<void> {
    const { mode, source } = now();
    const runs: Outputs[] = mode === "compare" ? ["weak", "strong"] : [mode];
    /** The first failure; and what the last run has left. */
    let why: string | Fault | null = null;
    let remains: Remains | null = null;
    for (const outputs of runs) {
      try {
        const { recording, worn, open } = await record(source, outputs);
        if (recording.end?.status === "failed") why ??= recording.end.message ?? "";
        if (!open) remains = { none: stepCount(recording) ? "words" : "unread" };
        else remains = worn ? { none: worn } : { of: outputs };
      } catch (error) {
        if (error instanceof Stopped) return;
        why ??= reason(error);
        remains = latest && stepCount(latest.recording) ? { none: "died" } : null;
      }
      // A text that Python cannot read, or no Python at all: the second run would say the same.
      if (why !== null && !(latest && stepCount(latest.recording))) break;
    }
    send(why === null ? { type: "finish", remains } : { type: "fail", why, remains });
  }

  /** Run the program; from its beginning once more if it began before all that it needs was here. */
  async function record(source: string, outputs: Outputs): Promise<Recorded> {
    const recorded = await recordOnce(source, outputs, false);
    return recorded.early ? recordOnce(source, outputs, true) : recorded;
  }

  async function recordOnce(source: string, outputs: Outputs, wait: boolean): Promise<Recorded> {
    const recording = new Recording();
    const kept = new TraceFile();
    latest = { outputs, recording, kept };
    const file = (end: Recording["end"]) => kept.whole(end);
    send({ type: "begin", outputs, take: { source, recording, version: 0, file } });
    try {
      const outcome = await growing(latest, (onPart) =>
        python().run({ source, filename: FILE, outputs, wait }, onPart),
      );
      recording.worn = outcome.worn;
      return { recording, ...outcome };
    } catch (error) {
      // A worker that was stopped or has died writes no end: the page does.
      const why = error instanceof Stopped ? null : reason(error);
      if (why && typeof why !== "string") recording.fault = why;
      // A file keeps the sentence in the language of the moment; the page tells the fault.
      const message = why && tellReason(texts[now().language], why);
      const none = { traceback: null, line: null, limit: recording.limit };
      recording.end ??= { status: "stopped", event: recording.lastEvent, message, ...none };
      recording.version++;
      throw error;
    } finally {
      send({ type: "grew", outputs });
    }
  }

  /** Do what sends parts of a recording; it grows on the page while they come. */
  async function growing<T>(
    { outputs, recording, kept }: Record,
    work: (onPart: OnPart) => Promise<T>,
  ): Promise<T> {
    let drawing = 0;
    const draw = () => {
      drawing = 0;
      send({ type: "grew", outputs });
    };
    let broken: TraceError | null = null;
    try {
      const result = await work((part, json) => {
        if (broken) return;
        try {
          kept.add(part, json);
          append(recording, part, json);
        } catch (error) {
          if (!(error instanceof TraceError)) throw error;
          broken = error;
        }
        // A long recording is laid out anew each time: not so often.
        drawing ||= window.setTimeout(
          draw,
          recording.shown.length + stepCount(recording) < SHORT ? 16 : 1000,
        );
      });
      if (broken) throw broken;
      return result;
    } finally {
      clearTimeout(drawing);
    }
  }

  return {
    start: () => void python(),
    run() {
      if (isBusy(now().phase)) return;
      send({ type: "run" });
      if (now().phase === "running") void runNow();
    },
    stop() {
      const { phase, asking } = now();
      if (asking) return python().stop();
      if (!isBusy(phase)) return;
      send({ type: "stop" });
      if (phase === "running") python().stop();
    },
    async ask(text) {
      const { remains } = now();
      if (!latest || !remains || "none" in remains) return { reply: "gone", grown: false };
      const { recording, outputs } = latest;
      const before = stepCount(recording);
      let reply: Reply = "gone";
      send({ type: "asking", on: true });
      try {
        const json = await growing(latest, (onPart) => python().console(text, false, onPart));
        reply = (json !== null && readTold(json)) || "gone";
      } catch {
        // Stopped, or it died: what the program left is gone with the interpreter.
      }
      if (recording.end) recording.end.event = recording.lastEvent;
      send({ type: "asking", on: false });
      send({ type: "grew", outputs });
      return { reply, grown: stepCount(recording) > before };
    },
    async complete(text) {
      const json = await python()
        .console(text, true, () => {})
        .catch(() => null);
      return json === null ? [] : readCompletions(json);
    },
  };
}

/** Our own failures stay values, so that they are told in the language of the moment. */
const reason = (error: unknown): string | Fault =>
  error instanceof Failure
    ? error.fault
    : error instanceof TraceError
      ? { code: "trace", flaw: error.flaw }
      : error instanceof Error
        ? error.message
        : String(error);
