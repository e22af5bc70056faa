import type { Rich } from "../i18n/rich";

/** Marked text as elements; every part is a text node, whatever a program named its things. */
export const RichText = ({ text }: { text: Rich }) => (
  <>
    {text.map((part, i) =>
      typeof part === "string" ? (
        part
      ) : part.mark === "code" ? (
        <code key={i}>{part.text}</code>
      ) : (
        <b key={i}>{part.text}</b>
      ),
    )}
  </>
);
