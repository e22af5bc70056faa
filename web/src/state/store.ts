/** The state as a signal: read anywhere, written only by sending an action. */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import { type Action, reduce, type State } from "./state";

export interface Store {
  readonly state: ReadonlySignal<State>;
  send(action: Action): void;
}

export function createStore(initial: State): Store {
  const state = signal(initial);
  return {
    state,
    send(action) {
      state.value = reduce(state.peek(), action);
    },
  };
}
