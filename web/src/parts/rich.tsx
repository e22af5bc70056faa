import type { Marked, Rich } from "../i18n/rich";
import { Word } from "./term";

/** Marked text as elements; every part is a text node, whatever a program named its things. */
export const RichText = ({ text }: { text: Rich }) => (
  <>{text.map((part, i) => (typeof part === "string" ? part : <Part key={i} {...part} />))}</>
);

function Part({ mark, text, explained = "" }: Marked) {
  if (mark === "code") return <code>{text}</code>;
  if (mark === "term") return <Word explained={explained}>{text}</Word>;
  return <b>{text}</b>;
}
