/** One or two sentences under the program: what this line did, and what it cost. */
import type { Rich } from "../i18n/rich";
import { RichText } from "../parts/rich";

interface Props {
  heading: string;
  tally: readonly string[];
  sentences: readonly Rich[];
  /** While the recording plays nobody could listen to it all. */
  silent: boolean;
}

export const Narration = ({ heading, tally, sentences, silent }: Props) => (
  <section class="say">
    {heading && (
      <h2>
        {heading}
        <span class="tally">
          {tally.map((text) => (
            <span key={text}>{text}</span>
          ))}
        </span>
      </h2>
    )}
    <p aria-live={silent ? "off" : "polite"}>
      {sentences.map((text, i) => (
        <span key={i}>
          {i > 0 && " "}
          <RichText text={text} />
        </span>
      ))}
    </p>
  </section>
);
