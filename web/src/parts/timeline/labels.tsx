/** Names of the timeline's strips, beside its picture: words that explain themselves. */
import type { Texts } from "../../i18n";
import { Term, type TermName } from "../term";
import type { Plot } from "./plot";

interface Props {
  texts: Texts;
  plot: Plot;
  hasBytes: boolean;
}

export function Labels({ texts, plot, hasBytes }: Props) {
  if (plot.small) return null;
  const t = texts.timeline;
  const { bytes, objects, lane, marks } = plot;
  const middle = bytes.top + bytes.height / 2;
  const names: [of: TermName, text: string, y: number | null][] = [
    ["live", t.objects, hasBytes ? objects && objects.top + objects.height - 4 : middle],
    ["line", t.line, lane.top + lane.height / 2],
    ["death", t.deaths, marks === null ? null : marks + 8],
  ];
  return (
    <div class="strips">
      {names.map(
        ([of, text, y]) =>
          y !== null && (
            <span key={of} style={{ top: `${y}px`, width: `${plot.left - 8}px` }}>
              <Term texts={texts} of={of}>
                {text}
              </Term>
            </span>
          ),
      )}
    </div>
  );
}
