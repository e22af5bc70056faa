/** What the program printed, as it comes, and its traceback whole. */
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Texts } from "../i18n";
import { Meaning } from "../parts/meaning";
import { RichText } from "../parts/rich";
import { tellEnd } from "../telling/fault";
import { tellLimit } from "../telling/limit";
import { programSteps } from "../trace/places";
import { isShown, type Recording, upTo } from "../trace/recording";
import { endOfStep } from "../trace/replay";

/** Characters after which a recording keeps no more (Limits.output). */
const LONGEST = 1_000_000;

interface Props {
  texts: Texts;
  /** One, or in Compare two, with what tells them apart. */
  takes: readonly { recording: Recording; title: string }[];
  running: boolean;
  /** The console, where there is something to ask. */
  children?: ComponentChildren;
}

export function Output({ texts, takes, running, children }: Props) {
  const t = texts.output;
  const paper = useRef<HTMLElement>(null);
  const versions = takes.map(({ recording }) => recording.version).join();
  useEffect(() => {
    if (paper.current) toEnd(paper.current);
  }, [versions, takes[0]?.recording, running]);
  const ends = takes.map(({ recording }) => recording.end);
  const failed = ends.filter((end) => end?.status === "failed");
  const tags = failed.flatMap((end) =>
    end?.message && end.line !== null ? [t.errorAt(end.message.split(":")[0]!, end.line)] : [],
  );
  return (
    <section class={`pane out${failed.length ? " failed" : ""}`}>
      <div class="head">
        <h2>{t.heading}</h2>
        {[...new Set(tags)].map((tag) => (
          <span key={tag} class="tag bad">
            {tag}
          </span>
        ))}
      </div>
      {/* What was printed and what is asked after it are one roll: neither squeezes the other. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <section class="paper" aria-label={t.heading} ref={paper} tabIndex={0}>
        <div class="log" role="log" aria-label={t.heading}>
          {takes.length === 0 && !running && <p class="sys">{t.notRun}</p>}
          {takes.map(({ recording, title }) => (
            <One key={title} texts={texts} r={recording} title={title} running={running} />
          ))}
        </div>
        {children}
      </section>
    </section>
  );
}

function One({
  texts,
  r,
  title,
  running,
}: {
  texts: Texts;
  r: Recording;
  title: string;
  running: boolean;
}) {
  const t = texts.output;
  const { end } = r;
  const limit = end?.limit ?? r.limit;
  const { traceback, printed, isCut } = useMemo(() => partsOf(r), [r, r.version]);
  const live = running && !end;
  // What the console asked of the collector is not the program's.
  const until = endOfStep(r, programSteps(r) - 1);
  const runs = upTo(r.collections.event, until);
  const freed = useMemo(() => freedIn(r, runs), [r, r.version, runs]);
  return (
    <>
      {title !== "" && <p class="sys">{title}</p>}
      {printed.length > 0 ? (
        <pre>
          {printed.map(({ text, stream }, i) => (
            <span key={i} class={stream}>
              {text}
            </span>
          ))}
        </pre>
      ) : (
        !traceback && <p class="sys">{live ? t.running : t.nothing}</p>
      )}
      {traceback && <Traceback text={traceback} message={end?.message ?? null} />}
      {traceback && <Meaning texts={texts} traceback={traceback} />}
      {isCut && <p class="sys">{t.cut}</p>}
      {limit && <p class="sys">{tellLimit(texts, limit)}</p>}
      {r.worn && <p class="sys">{texts.fault.worn[r.worn]}</p>}
      {end?.status === "exited" && <p class="sys">{t.exited(end.message ?? "0")}</p>}
      {end?.status === "stopped" && <p class="sys">{tellEnd(texts, r) ?? t.stoppedByYou}</p>}
      {end && end.status !== "stopped" && (
        <p class="sys">
          {t.recorded(programSteps(r))}{" "}
          <RichText text={t.collections(runs, freed.shown, freed.all)} />
        </p>
      )}
    </>
  );
}

/** To the end, and back as far as it takes to see what went wrong. */
function toEnd(box: HTMLElement): void {
  box.scrollTop = box.scrollHeight;
  const wrong = [...box.querySelectorAll(".msg")].at(-1);
  const above = wrong ? wrong.getBoundingClientRect().top - box.getBoundingClientRect().top : 0;
  if (above < 0) box.scrollTop += above;
}

/** What the first runs of the collector freed: of the kinds that are shown, and by Python's own count. */
function freedIn({ collections, deaths, objects }: Recording, runs: number) {
  const shown = deaths.object.filter((object, row) => {
    const collection = deaths.cause[row] === "collector" ? deaths.collection[row]! : -1;
    return collection >= 0 && collection < runs && isShown(objects.kind[object]!);
  });
  const all = collections.collected.slice(0, runs).reduce((sum, each) => sum + each, 0);
  return { shown: shown.length, all };
}

/** The traceback may have been printed too, to stderr: it is shown once. */
function partsOf(r: Recording) {
  const traceback = r.end?.traceback ?? null;
  const printed = runsOf(r);
  const length = printed.reduce((sum, { text }) => sum + text.length, 0);
  const last = printed.at(-1);
  if (traceback && last?.stream === "stderr" && last.text.endsWith(traceback))
    last.text = last.text.slice(0, -traceback.length);
  return { traceback, printed, isCut: length >= LONGEST };
}

/** What was printed to one stream with nothing to the other in between, as one text. */
function runsOf({ output }: Recording): { stream: "stdout" | "stderr"; text: string }[] {
  const runs: { stream: "stdout" | "stderr"; texts: string[] }[] = [];
  output.text.forEach((text, i) => {
    const stream = output.stream[i]!;
    const last = runs.at(-1);
    if (last?.stream === stream) last.texts.push(text);
    else runs.push({ stream, texts: [text] });
  });
  return runs.map(({ stream, texts }) => ({ stream, text: texts.join("") }));
}

/** The last line says what went wrong. */
function Traceback({ text, message }: { text: string; message: string | null }) {
  const whole = text.trimEnd();
  const at =
    message && whole.endsWith(message)
      ? whole.length - message.length
      : whole.lastIndexOf("\n") + 1;
  return (
    <pre class="tb">
      {whole.slice(0, at)}
      <b class="msg">{whole.slice(at)}</b>
    </pre>
  );
}
