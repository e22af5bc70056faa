/** One or two sentences under the program: what this line did, and what it cost. */
import type { Rich } from "../i18n/rich";
import { RichText } from "../parts/rich";

interface Props {
  heading: string;
  tally: readonly string[];
  sentences: readonly Rich[];
}

export const Narration = ({ heading, tally, sentences }: Props) => (
  <section class="say">
    <h3>
      {heading}
      <span class="tally">
        {tally.map((text) => (
          <span key={text}>{text}</span>
        ))}
      </span>
    </h3>
    <p aria-live="polite">
      {sentences.map((text, i) => (
        <span key={i}>
          {i > 0 && " "}
          <RichText text={text} />
        </span>
      ))}
    </p>
  </section>
);
