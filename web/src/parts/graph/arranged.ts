import { useEffect, useMemo, useState } from "preact/hooks";
import { type Layout, layingOut, layoutOf } from "../../layout/layout";
import { inTurns } from "../../layout/work";
import type { Recording } from "../../trace/recording";

/** Objects of a recording that is laid out at once; a longer one is in turns. */
const SHORT = 2000;

/** The layout of a recording; null while the first one of a long recording is being made. */
export function useLayout(
  recording: Recording,
  version: number,
  opened: readonly string[],
  narrow: boolean,
): Layout | null {
  const short = recording.shown.length <= SHORT;
  // The recording grows in place; version says so.
  const now = useMemo(
    () => (short ? layoutOf(recording, new Set(opened), narrow) : null),
    [recording, version, short, opened, narrow],
  );
  const [late, setLate] = useState<{ recording: Recording; layout: Layout } | null>(null);
  useEffect(() => {
    if (short) return;
    const work = layingOut(recording, new Set(opened), narrow);
    return inTurns(work, (layout) => setLate({ recording, layout }));
  }, [recording, version, short, opened, narrow]);
  return now ?? (late?.recording === recording ? late.layout : null);
}
