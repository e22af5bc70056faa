/** The chosen object: its count as an itemised bill, why it is alive, what it costs, its life. */
import type { Texts } from "../i18n";
import { Bill } from "../parts/bill";
import { isShown, type Recording } from "../trace/recording";
import { stateOf, stepCount } from "../trace/replay";
import { IslandFrees, WouldFree } from "./inspector/free";
import { Grown, Most } from "./inspector/grown";
import { Held } from "./inspector/held";
import { Killed } from "./inspector/killed";
import { Life } from "./inspector/life";
import { Memory } from "./inspector/memory";
import type { Part } from "./inspector/section";
import { OfStep } from "./inspector/step";
import { WhatIf } from "./inspector/what-if";
import { Who } from "./inspector/who";
import { Why } from "./inspector/why";

interface Props {
  texts: Texts;
  recording: Recording;
  step: number;
  event: number;
  selected: number | null;
  onSelect: (object: number | null) => void;
  onGoTo: (step: number) => void;
}

export function Inspector({ recording: r, selected, ...props }: Props) {
  const { texts, event } = props;
  const chosen = selected !== null && selected < r.objects.born.length;
  return (
    <section class="pane insp" aria-label={texts.inspector.region}>
      {chosen ? (
        <OfObject key={selected} {...props} r={r} object={selected} event={event} />
      ) : (
        <>
          <p class="hintline">{texts.inspector.choose}</p>
          {stepCount(r) > 0 && (
            <div class="sections">
              <OfStep {...props} r={r} />
              <Grown {...props} r={r} />
              <Most {...props} r={r} />
            </div>
          )}
        </>
      )}
    </section>
  );
}

function OfObject(part: Part) {
  const { texts, r, object, event } = part;
  const state = stateOf(r, object, event);
  const isArray = r.objects.array[object]! >= 0;
  return (
    <>
      <Who {...part} state={state} />
      <div class="sections">
        {state === "unborn" && <p class="hintline">{texts.inspector.notBorn}</p>}
        {state === "dead" && (
          <>
            <Bill {...part} />
            <Killed {...part} />
            {isArray && <Memory {...part} />}
          </>
        )}
        {(state === "alive" || state === "unreachable") && (
          <>
            <Bill {...part} />
            <Why {...part} state={state} />
            {state === "alive" ? <WouldFree {...part} /> : <IslandFrees {...part} />}
            {isArray && <Memory {...part} />}
            {!isArray && isShown(r.objects.kind[object]!) && <Held {...part} />}
          </>
        )}
        <Life {...part} />
        {(state === "alive" || state === "unreachable") && <WhatIf {...part} />}
      </div>
    </>
  );
}
