/** The list of keys, from the state. */
import { Keys } from "../views/keys";
import type { PaneProps } from "./actions";
import { still } from "./pace";

export const Help = still(({ state, texts, actions }: PaneProps) => (
  <Keys texts={texts} open={state.help} onClose={() => actions.help(false)} />
));
