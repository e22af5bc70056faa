/** The reference count of an object, itemised: each reference is one line of the bill. */
import { cut } from "../analysis/cuts";
import type { Texts } from "../i18n";
import { code, type Rich, rich } from "../i18n/rich";
import { holderText } from "../telling/holder";
import { billOf, type Holder, holdersOf, isFrame } from "../trace/holders";
import type { Recording } from "../trace/recording";
import { countOf, deathOf, startOfStep, stepOf } from "../trace/replay";
import { RichText } from "./rich";
import { Term } from "./term";

interface Props {
  texts: Texts;
  r: Recording;
  object: number;
  event: number;
  onSelect: (object: number | null) => void;
}

/** The big number and what it is made of; each reference is one item. */
export function Bill({ texts, r, object, event, onSelect }: Props) {
  const t = texts.inspector;
  const { count, weak, unexplained } = countOf(r, object, event);
  const holders = holdersOf(r, object, event);
  const strong = billOf(r, object, event);
  const others = holders.filter((by) => by.strength !== "strong");
  const death = deathOf(r, object);
  const dead = death !== null && death.event <= event;
  return (
    <div class="sec cnt">
      <h3>
        <Term texts={texts} of="count">
          {t.count}
        </Term>
      </h3>
      <div class="count">
        <div class={dead ? "big none" : "big"}>{dead || count > 0 ? count : "–"}</div>
        <ol>
          {strong.map((by, i) => (
            <li key={by.edge}>
              <span class="op" aria-hidden="true">
                {i + 1}
              </span>
              <HolderLink r={r} by={by} text={holderText(texts, r, by)} onSelect={onSelect} />
            </li>
          ))}
          {unexplained > 0 && (
            <li class="w">
              <span class="op" aria-hidden="true">
                ?
              </span>
              <span>
                <RichText text={t.unexplained(unexplained)} />
              </span>
            </li>
          )}
          {others.map((by) => (
            <li key={by.edge} class="w">
              <span class="op" aria-hidden="true" />
              <span>
                <HolderLink r={r} by={by} text={holderText(texts, r, by)} onSelect={onSelect} />,{" "}
                <Term texts={texts} of={noteOf(by)}>
                  {t.notCounted[noteOf(by)]}
                </Term>
              </span>
            </li>
          ))}
          {dead && death.edge >= 0 && (
            <li class="w">
              <span class="op solid" aria-hidden="true">
                †
              </span>
              <span>
                {t.countIsZero}{" "}
                <RichText text={holderText(texts, r, lastHolder(r, death.edge, death.event))} />
              </span>
            </li>
          )}
        </ol>
      </div>
      {!dead && (
        <p class="none">
          <Term texts={texts} of="weak">
            {weak ? t.weakCount(weak) : t.noWeak}
          </Term>
        </p>
      )}
    </div>
  );
}

/** Why an item adds nothing to the count. */
const noteOf = (by: Holder): "weak" | "borrowed" => (by.strength === "weak" ? "weak" : "borrowed");

/** In one sentence: what losing the first item of the bill would mean. */
export function Verdict({ texts, r, object, event }: Omit<Props, "onSelect">) {
  const t = texts.inspector.loseFirst;
  const [first, ...others] = billOf(r, object, event);
  if (!first) return null;
  const name: Rich = isFrame(r, first.holder)
    ? rich`${code(first.path)}`
    : holderText(texts, r, first);
  const { byCount, byCollector } = cut(r, event, [first.edge]);
  const left = countOf(r, object, event).count - 1;
  const verdict =
    byCount.includes(object) || (left === 0 && others.length === 0)
      ? t.dies(name)
      : byCollector.includes(object)
        ? t.lost(name, left)
        : t.stays(name, left);
  return (
    <p class="verdict">
      <RichText text={verdict} />
    </p>
  );
}

/** The edge that fell, told as it stood just before. */
export function lastHolder(r: Recording, edge: number, died: number): Holder {
  const held = r.edges.held[edge]!;
  const step = stepOf(r, died);
  // Before the line the whole way still stood; what was made in the line is told from its last moment.
  const whole = holdersOf(r, held, startOfStep(r, step)).find((by) => by.edge === edge);
  const known =
    whole ??
    holdersOf(r, held, Math.min(r.edges.to[edge]!, died) - 1).find((by) => by.edge === edge);
  return (
    known ?? { edge, holder: r.edges.holder[edge]!, path: r.edges.name[edge]!, strength: "strong" }
  );
}

function HolderLink({
  r,
  by,
  text,
  onSelect,
}: {
  r: Recording;
  by: Holder;
  text: Rich;
  onSelect: Props["onSelect"];
}) {
  if (isFrame(r, by.holder)) {
    return (
      <span>
        <RichText text={text} />
      </span>
    );
  }
  return (
    <button type="button" class="link" onClick={() => onSelect(by.holder)}>
      <RichText text={text} />
    </button>
  );
}
