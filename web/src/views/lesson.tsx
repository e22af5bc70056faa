/** What an example is about, folded away until it is asked for. */
import type { Texts } from "../i18n";
import { code, type Rich, strong } from "../i18n/rich";
import { RichText } from "../parts/rich";

interface Props {
  texts: Texts;
  title: string;
  paragraphs: readonly string[];
}

export const Lesson = ({ texts, title, paragraphs }: Props) => (
  <details class="lesson">
    <summary>
      <span class="what">{texts.program.about}</span>
      <span class="title">{title}</span>
    </summary>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
    <div class="prose" tabIndex={0}>
      {paragraphs.map((paragraph) => (
        <p key={paragraph}>
          <RichText text={marked(paragraph)} />
        </p>
      ))}
    </div>
  </details>
);

/** `code` and **strong**: all the markup that a lesson's text needs. */
function marked(paragraph: string): Rich {
  return paragraph
    .split(/(`[^`]+`|\*\*[^*]+\*\*)/)
    .filter(Boolean)
    .map((part) =>
      part.startsWith("`")
        ? code(part.slice(1, -1))
        : part.startsWith("**")
          ? strong(part.slice(2, -2))
          : part,
    );
}
