/** An array's memory: whose it is, who else reads it, its shape, type and first values. */
import { product } from "../../analysis/paths";
import { Arrows, Chip } from "../../parts/chips";
import { RichText } from "../../parts/rich";
import { Term } from "../../parts/term";
import { attributeOf } from "../../trace/attributes";
import type { Recording } from "../../trace/recording";
import { bytesOf, countOf, edgesTo, isAlive, labelOf } from "../../trace/replay";
import { type Part, Section } from "./section";

export function Memory(props: Part) {
  const { texts, r, object, event, onSelect } = props;
  const t = texts.inspector;
  const owned = bytesOf(r, object);
  const views = edgesTo(r, object, event)
    .filter((edge) => r.edges.name[edge] === "base")
    .map((edge) => r.edges.holder[edge]!)
    .filter((holder) => r.objects.array[holder]! >= 0);
  return (
    <Section
      title={
        <Term texts={texts} of={owned ? "owner" : "view"}>
          {t.memory}
        </Term>
      }
    >
      <p>{owned ? <RichText text={t.owns(owned)} /> : <ViewOf {...props} />}</p>
      {views.length > 0 && (
        <div class="path some">
          <b>
            {t.views} {views.length}
          </b>
          {views.slice(0, 6).map((view) => (
            <Chip key={view} r={r} object={view} event={event} onSelect={onSelect} />
          ))}
        </div>
      )}
      <Facts {...props} />
    </Section>
  );
}

/** A view reads a part of another array's memory, and keeps all of it alive. */
function ViewOf({ texts, r, object, event, onSelect }: Part) {
  const t = texts.inspector;
  const buffer = r.arrays.buffer[r.objects.array[object]!]!;
  const owner = buffer < 0 ? -1 : r.buffers.owner[buffer]!;
  if (owner < 0) return <>{t.viewOfUnknown}</>;
  const whole = r.buffers.nbytes[buffer]!;
  const elements = (o: number): number => product(r.arrays.shape[r.objects.array[o]!] ?? []);
  const part = Math.min(whole, (whole / Math.max(1, elements(owner))) * elements(object));
  const only = edgesTo(r, owner, event).length === 1 && !countOf(r, owner, event).unexplained;
  return (
    <>
      <RichText text={t.viewOf(labelOf(r, owner), texts.bytes(part), texts.bytes(whole))} />
      {". "}
      {!isAlive(r, owner, event)
        ? t.ownerDead
        : only && 2 * part <= whole && t.keepsAll(texts.bytes(whole))}
      <Arrows>
        {[object, owner].map((o) => (
          <Chip key={o} r={r} object={o} event={event} onSelect={onSelect} />
        ))}
      </Arrows>
    </>
  );
}

function Facts({ texts, r, object, event }: Part) {
  const t = texts.inspector;
  const row = r.objects.array[object]!;
  const values = attributeOf(r, object, "values", event);
  return (
    <dl class="life">
      <dt>{t.shape}</dt>
      <dd>
        <code>{shapeText(r, object)}</code>
      </dd>
      <dt>{t.dtype}</dt>
      <dd>
        <code>{r.arrays.dtype[row]}</code>
      </dd>
      {values !== undefined && (
        <>
          <dt>{t.values}</dt>
          <dd>
            <code>{String(values)}</code>
          </dd>
        </>
      )}
    </dl>
  );
}

/** As Python writes it: `(3,)`, `(2, 4)`. */
export function shapeText(r: Recording, array: number): string {
  const shape = r.arrays.shape[r.objects.array[array]!]!;
  return `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
}
