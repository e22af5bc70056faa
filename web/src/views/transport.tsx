/** The scrubber with its buttons, where the reader is, and the totals of the instant. */
import type { ComponentChildren } from "preact";
import type { Texts } from "../i18n";
import { CollectionIcon, NextIcon, PreviousIcon } from "../parts/icons";

interface Props {
  texts: Texts;
  /** From 0; steps may be 0, when nothing has been recorded. */
  step: number;
  steps: number;
  line: number;
  where: string;
  more: readonly string[];
  hasDeath: boolean;
  hasCollection: boolean;
  readout: readonly { value: string; text: string; dash?: "weak" | "strong" }[];
  onGoTo: (step: number) => void;
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
          disabled={!p.hasDeath}
          onClick={p.onDeath}
          icon={<span aria-hidden="true">†</span>}
        />
        <Button
          text={t.collection}
          short={t.short.collection}
          hint="G"
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
        aria-valuetext={none ? t.nothing : t.valueText(p.step + 1, p.steps, p.line)}
        onInput={(event) => p.onGoTo(Number(event.currentTarget.value) - 1)}
      />
      <span class="pos">
        {p.where}
        {p.more.map((text) => (
          <span key={text}>, {text}</span>
        ))}
      </span>
      <div class="read">
        {p.readout.map(({ value, text, dash }) => (
          <span key={text}>
            {dash && <i class={`key ${dash}`} aria-hidden="true" />}
            {text === t.peak ? (
              <>
                {text} <b>{value}</b>
              </>
            ) : (
              <>
                <b>{value}</b> {text}
              </>
            )}
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
  icon: ComponentChildren;
  disabled: boolean;
  onClick: () => void;
}
const Button = ({ text, short, hint, icon, disabled, onClick }: ButtonProps) => (
  <button
    type="button"
    class="btn"
    aria-label={text}
    title={`${text} (${hint})`}
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
    <kbd>{hint}</kbd>
  </button>
);
