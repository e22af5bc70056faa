// biome-ignore-all lint/a11y/useSemanticElements: SVG has no buttons
/** Words in the picture that explain themselves, as every term does. */
import type { Explanation } from "../term";
import { onPress } from "./objects";

interface Props {
  explained: Explanation;
  /** Its class. */
  of: string;
  x: number;
  y: number;
  children: string;
}

/** What a finger finds, in units of the picture: letters are about so wide. */
const LETTER = 7;
const HEIGHT = 24;

export const Sign = ({ explained, of, x, y, children }: Props) => (
  <g
    role="button"
    tabindex={0}
    class="sign"
    aria-describedby={explained["aria-describedby"]}
    {...explained.handlers}
    {...onPress(explained.open)}
  >
    <rect x={x - 4} y={y - 16} width={children.length * LETTER + 8} height={HEIGHT} />
    <text class={of} x={x} y={y}>
      {children}
    </text>
  </g>
);
