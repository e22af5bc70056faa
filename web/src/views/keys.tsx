/** The keys of the page, in a dialog that `?` opens and Escape closes. */
import { useEffect, useRef } from "preact/hooks";
import type { Texts } from "../i18n";
import { Term, type TermName } from "../parts/term";

interface Props {
  texts: Texts;
  open: boolean;
  onClose: () => void;
}

const KEYS: readonly [action: keyof Texts["keys"]["of"], keys: readonly string[]][] = [
  ["run", ["Ctrl", "Enter"]],
  ["play", ["Space"]],
  ["line", ["←", "→"]],
  ["event", ["⇧ ←", "⇧ →"]],
  ["ends", ["Home", "End"]],
  ["death", ["D", "⇧ D"]],
  ["collection", ["G", "⇧ G"]],
  ["pass", ["P", "⇧ P"]],
  ["outputs", ["1", "2", "3"]],
  ["table", ["T"]],
  ["find", ["/"]],
  ["near", ["F"]],
  ["neighbour", ["[", "]"]],
  ["zoom", ["+", "−", "0"]],
  ["letGo", ["Esc"]],
  ["help", ["?"]],
];

/** What these keys lead to is a word of the field. */
const TERMS: Partial<Record<keyof Texts["keys"]["of"], TermName>> = {
  death: "death",
  collection: "collection",
  pass: "pass",
  outputs: "compare",
};

export function Keys({ texts, open, onClose }: Props) {
  const t = texts.keys;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog class="keys" ref={dialog} aria-label={t.heading} onClose={onClose}>
      <h2>{t.heading}</h2>
      <dl>
        {KEYS.map(([action, keys]) => (
          <div key={action}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>
              {action in TERMS ? (
                <Term texts={texts} of={TERMS[action]!}>
                  {t.of[action]}
                </Term>
              ) : (
                t.of[action]
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p>{t.note}</p>
      <button type="button" class="btn" autofocus onClick={onClose}>
        {t.close}
      </button>
    </dialog>
  );
}
