/** Names of the timeline's strips, beside its picture: words that explain themselves. */
import type { Texts } from "../../i18n";
import { Term, type TermName } from "../term";
import type { Plot } from "./plot";

interface Props {
  texts: Texts;
  plot: Plot;
  hasBytes: boolean;
}

/** Of a word, in pixels: what a finger needs. */
const HEIGHT = 24;

export function Labels({ texts, plot, hasBytes }: Props) {
  if (plot.small) return null;
  const t = texts.timeline;
  const { bytes, objects, lane, marks } = plot;
  const middle = bytes.top + bytes.height / 2;
  // The strips are nearer to each other than a finger needs: the words stand off their middles.
  const names: [of: TermName, text: string, y: number | null, off: number][] = [
    ["live", t.objects, hasBytes ? objects && objects.top + objects.height - 4 : middle, 6],
    ["line", t.line, lane.top + lane.height / 2, 2],
    ["marks", t.deaths, marks === null ? null : marks + 8, -3],
  ];
  return (
    <div class="strips">
      {names.map(
        ([of, text, y, off]) =>
          y !== null && (
            <span
              key={of}
              style={{
                top: `${y - off - HEIGHT / 2}px`,
                width: `${plot.left - 8}px`,
                "--above": `${Math.max(0, 2 * off)}px`,
                "--below": `${Math.max(0, -2 * off)}px`,
              }}
            >
              <Term texts={texts} of={of}>
                {text}
              </Term>
            </span>
          ),
      )}
    </div>
  );
}
