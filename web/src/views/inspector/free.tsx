/** What would be given back if the object died: at once, and only after a collection. */
import { useMemo } from "preact/hooks";
import { bytesOfAll, lossOf } from "../../analysis/cuts";
import { RichText } from "../../parts/rich";
import { isShown, type Recording } from "../../trace/recording";
import { isAlive, islandOf, totalAt } from "../../trace/replay";
import { Frees, type Part, useMoment } from "./section";

const shownOf = (r: Recording, objects: readonly number[]): number =>
  objects.filter((o) => isShown(r.objects.kind[o]!)).length;

export function WouldFree({ texts, r, object, event }: Part) {
  const t = texts.inspector;
  const { at, busy } = useMoment(r, event);
  const { byCount, byCollector } = useMemo(() => lossOf(r, at, object), [r, r.version, at, object]);
  const [now, later] = [bytesOfAll(r, byCount), bytesOfAll(r, byCollector)];
  const live = totalAt(r.bytes, at);
  const more = shownOf(r, byCollector);
  return (
    <Frees {...{ texts, busy, live }} of="retained" title={t.wouldFree} parts={[now, later]}>
      <RichText text={t.atOnce(shownOf(r, byCount), live ? now : null)} />
      {more > 0 && (
        <>
          {"; "}
          <RichText text={t.afterCollection(more, live ? later : null)} />
        </>
      )}
    </Frees>
  );
}

/** The whole island: what nothing but the collector will free. */
export function IslandFrees({ texts, r, object, event }: Part) {
  const t = texts.inspector;
  const island = islandOf(r, object, event);
  const members = (r.islands.members[island] ?? [object]).filter((o) => isAlive(r, o, event));
  const nbytes = bytesOfAll(r, members);
  const live = totalAt(r.bytes, event);
  return (
    <Frees {...{ texts, live }} of="island" title={t.islandFrees} parts={[0, nbytes]}>
      <RichText text={t.wholeIsland(shownOf(r, members), live ? nbytes : null)} />
    </Frees>
  );
}
