/** The ceiling: frames, and the names in them. */
import type { Texts } from "../../i18n";
import type { Geometry } from "../../layout/geometry";
import type { Scene } from "../../layout/scene";
import { wordOf } from "../../telling/holder";
import { unnamedOf } from "../../trace/holders";
import { shorten } from "./words";

interface Props {
  g: Geometry;
  scene: Scene;
}

const boundIn = (scene: Scene): { live: Set<string>; dead: Set<string> } => ({
  live: new Set(scene.threads.map(key)),
  dead: new Set(scene.deadNames.map(key)),
});

export function Frames({ g, scene }: Props) {
  const { live, dead } = boundIn(scene);
  const present = g.cells.filter((c) => live.has(key(c)) || dead.has(key(c)));
  return (
    <>
      {g.boxes.map((box, i) => {
        const shown = box.isModule || present.some((cell) => inBox(cell, box));
        if (!shown) return null;
        return (
          <g key={i}>
            <rect class="frame" x={box.x} y={box.y} width={box.width} height={box.height} rx="6" />
            <text class="cap mono" x={box.x + 12} y={box.y + 22}>
              {box.title}
            </text>
          </g>
        );
      })}
    </>
  );
}

/** On the strings: those of a row of frames pass below the names of the next. */
export function Cells({ g, scene, texts }: Props & { texts: Texts }) {
  const { live, dead } = boundIn(scene);
  return (
    <>
      {g.cells.map((cell) => {
        const id = key(cell);
        if (!live.has(id) && !dead.has(id)) return null;
        const gone = !live.has(id);
        return (
          <g key={id} class={gone ? "name gone" : "name"}>
            <rect
              class="cell"
              x={cell.x - cell.width / 2}
              y={cell.y - 11}
              width={cell.width}
              height="22"
              rx="4"
            />
            <text class={unnamedOf(cell.name) ? "cellt word" : "cellt"} x={cell.x} y={cell.y + 4.5}>
              {shorten(wordOf(texts, cell.name), cell.width - 10, 7.6)}
            </text>
            {gone && (
              <>
                <path class="e weak deadE" d={`M${cell.x} ${cell.y + 11}v14`} />
                <text class="dim mid" x={cell.x} y={cell.y + 37}>
                  {texts.graph.dead}
                </text>
              </>
            )}
          </g>
        );
      })}
    </>
  );
}

export const key = ({ box, name }: { box: number; name: string }): string => `${box} ${name}`;
const inBox = (
  cell: { x: number; y: number },
  box: { x: number; y: number; width: number; height: number },
) => cell.x > box.x && cell.x < box.x + box.width && cell.y > box.y && cell.y < box.y + box.height;
