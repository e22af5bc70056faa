/** The reader's hand on the picture, for those who have no wheel: larger, smaller, as it was. */
import type { Texts } from "../../i18n";
import { type Lens, STEP } from "../../state/lens";

interface Props {
  texts: Texts;
  lens: Lens;
  onZoom: (by: number) => void;
  onLens: (change: Partial<Lens>) => void;
}

export function ZoomButtons({ texts, lens, onZoom, onLens }: Props) {
  const t = texts.zoom;
  return (
    <fieldset class="zoom" aria-label={t.heading}>
      {lens.opened.length > 0 && (
        <button type="button" class="btn" onClick={() => onLens({ opened: [] })}>
          {t.fold}
        </button>
      )}
      <button
        type="button"
        class="btn"
        aria-label={t.smaller}
        title={`${t.smaller} (−)`}
        onClick={() => onZoom(1 / STEP)}
      >
        −
      </button>
      {lens.zoom !== 1 && (
        <button
          type="button"
          class="btn"
          title={`${t.fit} (0)`}
          onClick={() => onLens({ zoom: 1 })}
        >
          {t.fit}
        </button>
      )}
      <button
        type="button"
        class="btn"
        aria-label={t.larger}
        title={`${t.larger} (+)`}
        onClick={() => onZoom(STEP)}
      >
        +
      </button>
    </fieldset>
  );
}
