/** At which pace a pane goes with the reader from step to step: at once, a frame later, or never. */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { alike, memo } from "../parts/memo";
import { onlyMoved } from "../state/moved";
import type { State } from "../state/state";

interface Props {
  state: State;
}

/** A pane that shows the same at every step: it is drawn anew only when something else changes. */
export const still = <P extends Props>(Pane: ComponentType<P>): ComponentType<P> =>
  memo(
    Pane,
    ({ state: a, ...others }, { state: b, ...now }) => onlyMoved(a, b) && alike(others, now),
  );

/**
 * A pane that explains what others show: of a step the picture is drawn first, and this in the
 * next frame, so that the work of a step is in no one's way. All else it follows at once.
 */
export function frameLater<P extends Props>(Pane: ComponentType<P>): ComponentType<P> {
  const Drawn = memo(Pane);
  return function Later(props: P) {
    const [shown, setShown] = useState(props.state);
    // Effects run when the frame is on the screen.
    useEffect(() => setShown(props.state), [props.state]);
    const state = onlyMoved(shown, props.state) ? shown : props.state;
    return <Drawn {...props} state={state} />;
  };
}
