/** What leaves the page and comes into it: links, Markdown, pictures, programs, recordings. */
import { texts as allTexts } from "./i18n";
import { plain } from "./i18n/rich";
import { asPng, graphFile, NoPicture } from "./parts/picture-file";
import { asMarkdown } from "./state/markdown";
import { isBusy } from "./state/phase";
import { type Shared, toFragment } from "./state/share";
import type { Action, State } from "./state/state";
import { leading, shownTakes } from "./state/takes";
import { runningIn } from "./state/time";
import { tellFlaw } from "./telling/fault";
import { TraceError } from "./trace/errors";
import { openTrace } from "./trace/open";
import { placeOfStep } from "./trace/places";
import { endOfStep, labelOf, stepCount, totalAt } from "./trace/replay";
import type { Said, Sharing } from "./views/share";

/** A program is text that a person reads; a recording may be long. */
const LONGEST_PROGRAM = 1_000_000;
const LONGEST_TRACE = 500_000_000;

type Sentence = Said["sentence"];

/** A file that is not opened, and what the page says of it. */
class Unsuitable extends Error {
  constructor(readonly sentence: Sentence) {
    super();
  }
}

export function createSharing(now: () => State, send: (action: Action) => void): Sharing {
  function whereWeAre(): Shared {
    const { source, mode, moment, selected } = now();
    const recording = leading(now());
    const shown = recording && stepCount(recording) > 0 && shownTakes(now())[0]?.source === source;
    if (!shown) return { source, outputs: mode };
    const label = selected === null ? undefined : labelOf(recording, selected);
    return { source, outputs: mode, step: moment, selected: label };
  }

  /** The link, which stands in the address bar from now on. */
  async function link(): Promise<string> {
    const url = new URL(location.href);
    url.hash = await toFragment(whereWeAre());
    history.replaceState(null, "", url);
    return url.href;
  }

  /** Where the recording stands, in a sentence; in Compare the one whose line it is. */
  function sentence(): string {
    const running = runningIn(now());
    if (!running) return "";
    const { recording, step } = running;
    const { language } = now();
    const event = recording === leading(now()) ? now().event : endOfStep(recording, step);
    const { position, place, bytes } = allTexts[language];
    const live = plain(position.live(bytes(totalAt(recording.bytes, event))));
    const objects = plain(position.objects(totalAt(recording.living, event)));
    return `${position.after(place(placeOfStep(recording, step)))}: ${live}, ${objects}.`;
  }

  async function copy(text: string, copied: Sentence, failed: Sentence): Promise<Said> {
    try {
      await navigator.clipboard.writeText(text);
      return { sentence: copied };
    } catch {
      return { sentence: failed, failed: true, text };
    }
  }

  const title = (): string => sentence() || "main.py";

  return {
    async copyLink(): Promise<Said> {
      const lacks = "CompressionStream";
      if (!(lacks in globalThis)) return { sentence: (t) => t.fault.browser(lacks), failed: true };
      return copy(
        await link(),
        (t) => t.share.linkCopied,
        (t) => t.share.linkFailed,
      );
    },

    async copyMarkdown(): Promise<Said> {
      const picture = graphFile(title());
      const text = asMarkdown({
        title: "main.py",
        source: now().source,
        moment: sentence(),
        svg: picture?.svg ?? null,
        link: await link(),
        linkText: allTexts[now().language].share.openInLab,
      });
      const copied = picture ? "markdownCopied" : "markdownCopiedBare";
      return copy(
        text,
        (t) => t.share[copied],
        (t) => t.share.markdownFailed,
      );
    },

    async copyEmbed(): Promise<Said> {
      const url = new URL(await link());
      url.search = "?embed";
      const address = url.href.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
      const code = `<iframe src="${address}" title="Livegrad" width="900" height="560" style="border:0" loading="lazy" allow="clipboard-write"></iframe>`;
      return copy(
        code,
        (t) => t.share.embedCopied,
        (t) => t.share.embedFailed,
      );
    },

    async save(format): Promise<Said> {
      try {
        const file = await made(format);
        if (!file) return { sentence: (t) => t.share.nothingToSave[format], failed: true };
        download(file.blob, file.name);
        return { sentence: (t) => t.share.saved(file.name) };
      } catch (error) {
        if (!(error instanceof NoPicture)) throw error;
        return { sentence: (t) => t.share.noPicture, failed: true };
      }
    },

    /** A program or a recording, chosen or dropped. */
    async open(file): Promise<Said> {
      if (isBusy(now().phase)) return { sentence: (t) => t.share.busy, failed: true };
      try {
        const sentence = /\.json$/i.test(file.name)
          ? await openRecording(file)
          : await openProgram(file);
        return { sentence };
      } catch (error) {
        if (error instanceof TraceError)
          return { sentence: (t) => tellFlaw(t, error.flaw), failed: true };
        if (error instanceof Unsuitable) return { sentence: error.sentence, failed: true };
        throw error;
      }
    },
  };

  async function made(
    format: Parameters<Sharing["save"]>[0],
  ): Promise<{ blob: Blob; name: string } | null> {
    if (format === "py") {
      return { blob: new Blob([now().source], { type: "text/x-python" }), name: "main.py" };
    }
    if (format === "json") {
      const take = shownTakes(now())[0];
      const blob = take?.file?.(take.recording.end);
      return blob ? { blob, name: "trace.json" } : null;
    }
    const picture = graphFile(title());
    if (!picture) return null;
    const blob =
      format === "png" ? await asPng(picture) : new Blob([picture.svg], { type: "image/svg+xml" });
    return { blob, name: `graph.${format}` };
  }

  async function openProgram(file: File): Promise<Sentence> {
    if (file.size > LONGEST_PROGRAM) throw tooLong(file);
    let source: string;
    try {
      source = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    } catch {
      throw notText(file);
    }
    if (source.includes("\0")) throw notText(file);
    send({ type: "open", source: source.replace(/\r\n?/g, "\n"), mode: now().mode });
    return (t) => t.share.programOpened(file.name);
  }

  async function openRecording(file: File): Promise<Sentence> {
    if (file.size > LONGEST_TRACE) throw tooLong(file);
    const recording = await openTrace(file);
    const main = recording.files.name.indexOf(recording.header?.main ?? "");
    const source = recording.files.text[main] ?? "";
    const outputs = recording.header?.outputs === "strong" ? "strong" : "weak";
    const take = { source, recording, version: recording.version, file: () => file };
    send({ type: "opened", outputs, take });
    const [steps, python] = [stepCount(recording), recording.header?.python ?? "?"];
    return (t) => t.share.traceOpened(file.name, steps, python);
  }
}

const tooLong = ({ name }: File) => new Unsuitable((t) => t.share.tooLong(name));
const notText = ({ name }: File) => new Unsuitable((t) => t.share.notText(name));

function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has begun to read by then; a minute is for slow disks.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
