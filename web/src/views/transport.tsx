/** The scrubber with its buttons, where the reader is, and the totals of the instant. */
import type { ComponentChildren } from "preact";
import type { Texts } from "../i18n";
import type { Rich } from "../i18n/rich";
import { CollectionIcon, NextIcon, PauseIcon, PlayIcon, PreviousIcon } from "../parts/icons";
import { RichText } from "../parts/rich";
import { Explained, Term, type TermName } from "../parts/term";

interface Props {
  texts: Texts;
  /** From 0; steps may be 0, when nothing has been recorded. */
  step: number;
  steps: number;
  /** Of the step: "line 6". */
  place: string;
  where: string;
  more: readonly { text: string; of: TermName }[];
  playing: boolean;
  hasDeath: boolean;
  hasCollection: boolean;
  readout: readonly { text: Rich; dash?: "weak" | "strong"; of: TermName }[];
  onGoTo: (step: number) => void;
  onPlay: () => void;
  onPrevious: () => void;
  onNext: () => void;
  onDeath: () => void;
  onCollection: () => void;
}

export function Transport(p: Props) {
  const t = p.texts.position;
  const none = p.steps === 0;
  return (
    <div class="head transport">
      <div class="trans">
        <button
          type="button"
          class="btn"
          aria-label={p.playing ? t.pause : t.play}
          title={p.playing ? t.pause : t.play}
          disabled={none}
          onClick={p.onPlay}
        >
          {p.playing ? <PauseIcon /> : <PlayIcon />}
        </button>
        <Button
          text={t.previous}
          short={t.short.line}
          hint="←"
          disabled={none || p.step === 0}
          onClick={p.onPrevious}
          icon={<PreviousIcon />}
        />
        <Button
          text={t.next}
          short={t.short.line}
          hint="→"
          disabled={none || p.step >= p.steps - 1}
          onClick={p.onNext}
          icon={<NextIcon />}
        />
        <Button
          text={t.death}
          short={t.short.death}
          hint="D"
          more={p.texts.terms.death}
          disabled={!p.hasDeath}
          onClick={p.onDeath}
          icon={<span aria-hidden="true">†</span>}
        />
        <Button
          text={t.collection}
          short={t.short.collection}
          hint="G"
          more={p.texts.terms.collection}
          disabled={!p.hasCollection}
          onClick={p.onCollection}
          icon={<CollectionIcon />}
        />
      </div>
      <input
        type="range"
        class="scrub"
        aria-label={t.slider}
        min={1}
        max={Math.max(1, p.steps)}
        value={none ? 1 : p.step + 1}
        disabled={none}
        aria-valuetext={none ? t.nothing : t.valueText(p.step + 1, p.steps, p.place)}
        onInput={(event) => p.onGoTo(Number(event.currentTarget.value) - 1)}
      />
      <span class="pos">
        {p.where}
        {p.more.map(({ text, of }) => (
          <span key={of}>
            {", "}
            <Term texts={p.texts} of={of}>
              {text}
            </Term>
          </span>
        ))}
      </span>
      <div class="read">
        {p.readout.map(({ text, dash, of }, i) => (
          <span key={i}>
            {dash && <i class={`key ${dash}`} aria-hidden="true" />}
            <Term texts={p.texts} of={of}>
              <RichText text={text} />
            </Term>
          </span>
        ))}
      </div>
    </div>
  );
}

interface ButtonProps {
  text: string;
  short: string;
  hint: string;
  /** What the word means. */
  more?: string;
  icon: ComponentChildren;
  disabled: boolean;
  onClick: () => void;
}
function Button({ text, short, hint, more = "", icon, disabled, onClick }: ButtonProps) {
  return (
    <Explained
      explained={`${text} (${hint}). ${more}`}
      class="btn"
      aria-label={text}
      disabled={disabled}
      onClick={onClick}
    >
      {icon}
      <span class="long" aria-hidden="true">
        {text}
      </span>
      <span class="short" aria-hidden="true">
        {short}
      </span>
      <kbd data-key={hint} />
    </Explained>
  );
}
