import type { Texts } from "../i18n";
import { tellMeaning } from "../telling/fault";

/** What the last line of a traceback means, where it is in another language than the page. */
export function Meaning({ texts, traceback }: { texts: Texts; traceback: string }) {
  const meaning = tellMeaning(texts, traceback);
  if (!meaning) return null;
  return (
    <p class="meaning">
      <b>{texts.output.means}</b> {meaning}
    </p>
  );
}
