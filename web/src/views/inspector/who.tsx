/** What is chosen: its names, its label, its state. */
import { KindIcon } from "../../parts/icons";
import { Term } from "../../parts/term";
import { firstNameOf, namesOf } from "../../trace/holders";
import { labelOf, type State } from "../../trace/replay";
import type { Part } from "./section";

const SIGN = { alive: "●", unreachable: "⊘", dead: "†", unborn: "○" } as const;

export function Who({ texts, r, object, event, state }: Part & { state: State }) {
  const names = state === "dead" ? [] : namesOf(r, object, event);
  const was = state === "dead" ? firstNameOf(r, object, event) : null;
  return (
    <div class="sec top">
      <div class={`who ${state}`}>
        <KindIcon kind={r.objects.kind[object]!} wide />
        <span>
          <span class="nm">{names.join(", ") || `#${r.objects.number[object]}`}</span>{" "}
          <span class="ty">
            {names.length ? labelOf(r, object) : r.objects.type[object]}
            {was && `, ${texts.inspector.was(was)}`}
          </span>
        </span>
        <span class={`state ${state}`}>
          <span aria-hidden="true">{SIGN[state]}</span>
          <Term texts={texts} of={state === "unreachable" ? "unreachable" : "state"}>
            {texts.state[state]}
          </Term>
        </span>
      </div>
    </div>
  );
}
