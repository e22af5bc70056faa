/** What the object holds in its turn. */
import { Chip } from "../../parts/chips";
import { Term } from "../../parts/term";
import { attributeOf } from "../../trace/attributes";
import { heldBy } from "../../trace/holders";
import { shapeText } from "./memory";
import { type Part, Section } from "./section";

/** More than this is what the table is for. */
const LISTED = 8;

export function Held(props: Part) {
  const { texts, r, object, event, onSelect } = props;
  const t = texts.inspector;
  const held = heldBy(r, object, event);
  const generation = attributeOf(r, object, "generation", event);
  return (
    <Section
      title={t.holds}
      aside={
        generation !== undefined && (
          <Term texts={texts} of="rank">
            {t.generation(Number(generation))}
          </Term>
        )
      }
    >
      {held.length === 0 && <p class="none">{t.holdsNothing}</p>}
      <ul class="held">
        {held.slice(0, LISTED).map(({ object: o, path, strength, edge }) => (
          <li key={edge} class={strength}>
            <code>{path}</code>
            <span class="path">
              <i aria-hidden="true">{strength === "weak" ? "⇢" : "→"}</i>
              <Chip r={r} object={o} event={event} onSelect={onSelect} />
              {strength === "weak" && <i>{t.weakly}</i>}
            </span>
            {r.objects.array[o]! >= 0 && (
              <code class="facts">
                {shapeText(r, o)} {attributeOf(r, o, "values", event)}
              </code>
            )}
          </li>
        ))}
      </ul>
      {held.length > LISTED && <p class="none">{t.more(held.length - LISTED)}</p>}
    </Section>
  );
}
