/** A check-yourself question. The reader may choose before the run: the recording judges when it is there. */
import type { ButtonHTMLAttributes } from "preact";
import { useState } from "preact/hooks";
import type { Texts } from "../i18n";
import {
  type Answer,
  type Question as Asked,
  type Choice,
  choicesWith,
  isRight,
  type Missing,
} from "../lesson/questions";
import { CheckIcon } from "../parts/lesson-icons";
import { RichText } from "../parts/rich";
import { Explained } from "../parts/term";

interface Props {
  texts: Texts;
  question: Asked;
  /** What the recording says; null where no recording is there to ask, and then why. */
  found: Answer | Missing | null;
  why: string;
  onShow: (answer: Answer) => void;
}

/** A choice; one that is a word of the field explains itself. */
const Choosing = ({ meaning, ...button }: ButtonHTMLAttributes & { meaning: string | null }) =>
  meaning === null ? (
    <button type="button" {...button} />
  ) : (
    <Explained explained={meaning} {...button} />
  );

export function Question({ texts, question, found, why, onShow }: Props) {
  const t = texts.lesson;
  const [chosen, setChosen] = useState<readonly Choice[]>([]);
  const judge = found && !("missing" in found) ? found : null;
  const last = chosen.at(-1);
  const done = judge !== null && last !== undefined && isRight(judge, last);
  const look = (choice: Choice): string => {
    if (!chosen.includes(choice)) return "";
    if (!judge) return choice === last ? "picked" : "";
    return isRight(judge, choice) ? "yes" : "no";
  };
  return (
    <fieldset class="ask">
      <legend>
        {t.check} <RichText text={t.asks(question)} />
      </legend>
      <div class="opts">
        {choicesWith(question, found).map((choice) => (
          <Choosing
            key={String(choice)}
            meaning={t.meaning(choice)}
            class={look(choice)}
            aria-pressed={choice === last}
            onClick={() => setChosen([...chosen.filter((one) => one !== choice), choice])}
          >
            {look(choice) === "yes" && <CheckIcon />}
            {t.choice(question, choice)}
          </Choosing>
        ))}
      </div>
      <p class="verdict" aria-live="polite">
        {last === undefined ? null : judge ? (
          <>
            <b class={done ? "yes" : "no"}>{done ? t.right : t.wrong}</b>
            <RichText text={t.fact(question, done ? last : (judge.right[0] ?? null))} />{" "}
            <button type="button" class="link" onClick={() => onShow(judge)}>
              {t.show}
            </button>
          </>
        ) : found && "missing" in found ? (
          t.unanswered[found.missing]
        ) : (
          why
        )}
      </p>
    </fieldset>
  );
}
