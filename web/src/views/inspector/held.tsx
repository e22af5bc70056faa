/** What the object holds in its turn. */
import { Chip } from "../../parts/chips";
import { Term } from "../../parts/term";
import { attributeOf } from "../../trace/attributes";
import { heldBy } from "../../trace/holders";
import { shapeText } from "./memory";
import { type Part, Section, useFew } from "./section";

/** Shown at first. */
const LISTED = 8;

export function Held(props: Part) {
  const { texts, r, object, event, onSelect } = props;
  const t = texts.inspector;
  const held = heldBy(r, object, event);
  const [few, more] = useFew(texts, held.length, LISTED);
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
        {held.slice(0, few).map(({ object: o, path, strength, edge }) => (
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
      {more && <p class="none">{more}</p>}
    </Section>
  );
}
