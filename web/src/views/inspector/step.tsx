/** With nothing chosen: what there is to choose of this step. */
import { Chip } from "../../parts/chips";
import { factsBetween } from "../../trace/questions";
import { startOfStep } from "../../trace/replay";
import { type Part, Section, useFew } from "./section";

/** Shown at first. */
const LISTED = 14;

type Props = Omit<Part, "object"> & { step: number };

export function OfStep(props: Props) {
  const { texts, r, step, event } = props;
  const t = texts.inspector;
  const { born, died } = factsBetween(r, startOfStep(r, step), event);
  return (
    <Section title={t.step}>
      {born.length + died.length === 0 && <p class="none">{t.neither}</p>}
      {born.length > 0 && <Some {...props} title={t.bornHere} objects={born} />}
      {died.length > 0 && <Some {...props} title={`† ${t.diedHere}`} objects={died} />}
    </Section>
  );
}

function Some({
  texts,
  r,
  event,
  onSelect,
  title,
  objects,
}: Props & { title: string; objects: readonly number[] }) {
  const [few, more] = useFew(texts, objects.length, LISTED);
  return (
    <div class="some">
      <div class="path">
        <b>
          {title} {objects.length}
        </b>
        {objects.slice(0, few).map((object) => (
          <Chip key={object} r={r} object={object} event={event} onSelect={onSelect} />
        ))}
      </div>
      {more && <p class="none">{more}</p>}
    </div>
  );
}
