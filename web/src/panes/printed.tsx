/** What the program printed, and the console on what it left, from the state. */
import { outputsOf, shownTakes } from "../state/state";
import type { Recording } from "../trace/recording";
import { Console, NoConsole } from "../views/console";
import { Output } from "../views/output";
import type { PaneProps } from "./actions";
import { still } from "./pace";

export const Printed = still(function Printed({ state, texts, actions }: PaneProps) {
  const { remains } = state;
  const compare = state.mode === "compare";
  return (
    <Output
      texts={texts}
      takes={shownTakes(state).map((take) => ({
        recording: take.recording,
        title: compare ? texts.output.mode[outputsOf(state, take)] : "",
      }))}
      running={state.phase === "running"}
    >
      {remains && "of" in remains && (
        <Console
          texts={texts}
          run={remains}
          title={compare ? texts.output.mode[remains.of] : ""}
          apart={apartOf(state.takes[remains.of]?.recording)}
          onAsk={actions.ask}
          onComplete={actions.complete}
        />
      )}
      {remains && "none" in remains && <NoConsole texts={texts} why={remains.none} />}
    </Output>
  );
});

/** A recording that a limit has ended does not go on, nor does one made by the Python probe. */
const apartOf = (r: Recording | undefined): "limit" | "python" | null => {
  if (r?.header?.probe === "python") return "python";
  return r && r.limit !== null ? "limit" : null;
};
