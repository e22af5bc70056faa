/** The chosen object: its count as an itemised bill, and its life. */
import type { Texts } from "../i18n";
import { Bill, lastHolder } from "../parts/bill";
import { KindIcon } from "../parts/icons";
import { RichText } from "../parts/rich";
import { holderText } from "../telling/holder";
import { billOf, firstNameOf, namesOf, wayFromRoot } from "../trace/holders";
import { factsBetween } from "../trace/questions";
import { OPEN, type Recording } from "../trace/recording";
import {
  bytesOf,
  deathOf,
  labelOf,
  lineOfStack,
  passOf,
  type State,
  startOfStep,
  stateOf,
  stepCount,
  stepOf,
} from "../trace/replay";

interface Props {
  texts: Texts;
  recording: Recording;
  step: number;
  event: number;
  selected: number | null;
  onSelect: (object: number | null) => void;
  onGoTo: (step: number) => void;
}

export function Inspector({ texts, recording: r, step, event, selected, onSelect, onGoTo }: Props) {
  const t = texts.inspector;
  if (selected === null || selected >= r.objects.born.length) {
    return (
      <section class="pane insp" aria-label={t.region}>
        <p class="hintline">{t.choose}</p>
        {stepCount(r) > 0 && (
          <OfStep texts={texts} r={r} step={step} event={event} onSelect={onSelect} />
        )}
      </section>
    );
  }
  const state = stateOf(r, selected, event);
  return (
    <section class="pane insp" aria-label={t.region}>
      <Who texts={texts} r={r} object={selected} event={event} state={state} />
      {state === "unborn" ? (
        <p class="hintline">{t.notBorn}</p>
      ) : (
        <>
          <Bill texts={texts} r={r} object={selected} event={event} onSelect={onSelect} />
          {state !== "dead" && (
            <Why
              texts={texts}
              r={r}
              object={selected}
              event={event}
              state={state}
              onSelect={onSelect}
            />
          )}
          {r.objects.array[selected]! >= 0 && <Memory texts={texts} r={r} object={selected} />}
        </>
      )}
      <Life texts={texts} r={r} object={selected} event={event} onGoTo={onGoTo} />
    </section>
  );
}

/** With nothing chosen: what there is to choose of this step. */
function OfStep({
  texts,
  r,
  step,
  event,
  onSelect,
}: {
  texts: Texts;
  r: Recording;
  step: number;
  event: number;
  onSelect: Props["onSelect"];
}) {
  const t = texts.inspector;
  const { born, died } = factsBetween(r, startOfStep(r, step), event);
  return (
    <div class="sec">
      <h3>{t.step}</h3>
      {born.length + died.length === 0 && <p class="none">{t.neither}</p>}
      {born.length > 0 && (
        <Some texts={texts} r={r} title={t.bornHere} objects={born} onSelect={onSelect} />
      )}
      {died.length > 0 && (
        <Some texts={texts} r={r} title={`† ${t.diedHere}`} objects={died} onSelect={onSelect} />
      )}
    </div>
  );
}

/** More than this is what the table is for. */
const LISTED = 14;

const Some = ({
  texts,
  r,
  title,
  objects,
  onSelect,
}: {
  texts: Texts;
  r: Recording;
  title: string;
  objects: readonly number[];
  onSelect: Props["onSelect"];
}) => (
  <div class="path some">
    <b>
      {title} {objects.length}
    </b>
    {objects.slice(0, LISTED).map((object) => (
      <button
        key={object}
        type="button"
        class={r.objects.kind[object]!}
        onClick={() => onSelect(object)}
      >
        {labelOf(r, object)}
      </button>
    ))}
    {objects.length > LISTED && <i>{texts.inspector.more(objects.length - LISTED)}</i>}
  </div>
);

interface Part {
  texts: Texts;
  r: Recording;
  object: number;
}

function Who({ texts, r, object, event, state }: Part & { event: number; state: State }) {
  const names = state === "dead" ? [] : namesOf(r, object, event);
  const was = state === "dead" ? firstNameOf(r, object, event) : null;
  return (
    <div class="sec top">
      <div class="who">
        <KindIcon kind={r.objects.kind[object]!} wide />
        <span>
          <span class="nm">{names.join(", ") || `#${r.objects.number[object]}`}</span>{" "}
          <span class="ty">
            {names.length ? labelOf(r, object) : r.objects.type[object]}
            {was && `, ${texts.inspector.was(was)}`}
          </span>
        </span>
        <span class={`state ${state}`}>
          <span aria-hidden="true">
            {{ alive: "●", unreachable: "⊘", dead: "†", unborn: "○" }[state]}
          </span>
          {texts.state[state]}
        </span>
      </div>
    </div>
  );
}

function Why({
  texts,
  r,
  object,
  event,
  state,
  onSelect,
}: Part & { event: number; state: State; onSelect: Props["onSelect"] }) {
  const t = texts.inspector;
  const strong = billOf(r, object, event);
  const way = state === "unreachable" ? null : wayFromRoot(r, object, event);
  const first = way?.[0];
  const sentence =
    state === "unreachable" && strong[0]
      ? t.lost(holderText(texts, r, strong[0]))
      : !first
        ? t.unknownHolder
        : way.length === 1
          ? t.aliveDirect(holderText(texts, r, first))
          : t.alive(holderText(texts, r, first));
  return (
    <div class="sec more">
      <h3>{state === "unreachable" ? t.whyLost : t.why}</h3>
      <p>
        <RichText text={sentence} />
      </p>
      {way && way.length > 0 && (
        <div class="path">
          <span>{way[0]!.path}</span>
          {[...way.slice(1).map((by) => by.holder), object].map((at) => (
            <>
              <i aria-hidden="true">→</i>
              <button type="button" class={r.objects.kind[at]!} onClick={() => onSelect(at)}>
                {shortLabel(r, at)}
              </button>
            </>
          ))}
        </div>
      )}
    </div>
  );
}

const shortLabel = (r: Recording, object: number): string =>
  r.objects.kind[object] === "variable" ? `#${r.objects.number[object]}` : labelOf(r, object);

function Memory({ texts, r, object }: Part) {
  const t = texts.inspector;
  const array = r.objects.array[object]!;
  const owned = bytesOf(r, object);
  const shape = r.arrays.shape[array]!;
  return (
    <div class="sec more">
      <h3>{t.memory}</h3>
      <p>{owned ? t.owns(owned) : t.view}</p>
      <dl class="life">
        <dt>{t.shape}</dt>
        <dd>
          <code>
            ({shape.join(", ")}
            {shape.length === 1 ? "," : ""})
          </code>
        </dd>
        <dt>{t.dtype}</dt>
        <dd>
          <code>{r.arrays.dtype[array]}</code>
        </dd>
      </dl>
    </div>
  );
}

function Life({
  texts,
  r,
  object,
  event,
  onGoTo,
}: Part & { event: number; onGoTo: (step: number) => void }) {
  const t = texts.inspector;
  const death = deathOf(r, object);
  const born = r.objects.born[object]!;
  const over = death !== null && death.event <= event;
  const older = lineOfStack(r, r.objects.stack[object]!) === 0;
  const place = (at: number, line: number) => {
    const step = stepOf(r, at);
    const { pass, of } = passOf(r, step);
    const text = t.lineAndPass(line, pass, of);
    return (
      <button type="button" class="link" onClick={() => onGoTo(step)}>
        {text}
      </button>
    );
  };
  const cause = !death
    ? null
    : death.by === "gc"
      ? t.gc(death.generation)
      : death.edge >= 0
        ? t.lastHolder(holderText(texts, r, lastHolder(r, death.edge, death.event)))
        : t.refcount;
  return (
    <div class="sec more">
      <h3>{t.life}</h3>
      <dl class="life">
        <dt>{t.born}</dt>
        <dd>{older ? t.older : place(born, lineOfStack(r, r.objects.stack[object]!))}</dd>
        <dt>{over ? t.died : t.dies}</dt>
        <dd>{death ? place(death.event, death.line) : t.outlives}</dd>
        {cause && (
          <>
            <dt>{t.cause}</dt>
            <dd>
              <RichText text={cause} />
            </dd>
          </>
        )}
      </dl>
      <LifeBar r={r} object={object} event={event} />
    </div>
  );
}

function LifeBar({ r, object, event }: { r: Recording; object: number; event: number }) {
  const steps = Math.max(1, stepCount(r));
  const percent = (at: number): number => ((stepOf(r, at) + 0.5) / steps) * 100;
  const from = percent(r.objects.born[object]!);
  const died = r.objects.died[object]!;
  const to = died === OPEN ? 100 : percent(died);
  return (
    <div class={`lifebar ${r.objects.kind[object]}`} aria-hidden="true">
      <i style={{ left: `${from}%`, width: `${Math.max(1, to - from)}%` }} />
      <u style={{ left: `${percent(event)}%` }} />
    </div>
  );
}
