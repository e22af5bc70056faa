import type { Rich } from "../i18n/rich";

/** Marked text as elements; every part is a text node, whatever a program named its things. */
export const RichText = ({ text }: { text: Rich }) => (
  <>
    {text.map((part, i) =>
      typeof part === "string" ? (
        part
      ) : part.mark === "code" ? (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence have no other name
        <code key={i}>{part.text}</code>
      ) : (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence have no other name
        <b key={i}>{part.text}</b>
      ),
    )}
  </>
);
