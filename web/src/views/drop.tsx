/** A file that is dragged over the page may be dropped anywhere; what came of it is said for a while. */
import { useEffect, useState } from "preact/hooks";
import type { Texts } from "../i18n";
import type { Said } from "./share";

interface Props {
  texts: Texts;
  onFile: (file: File) => Promise<Said>;
}

/** How long a sentence stays on the page. */
const SHOWN_FOR = 6000;

export function Drop({ texts, onFile }: Props) {
  const [over, setOver] = useState(false);
  const [said, setSaid] = useState<Said | null>(null);
  useEffect(() => {
    const brings = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const drag = (event: DragEvent) => {
      if (!brings(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!event.relatedTarget) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!brings(event)) return;
      event.preventDefault();
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (file) void onFile(file).then(setSaid);
    };
    // Before the editor, which would put the file's text into the program.
    addEventListener("dragover", drag, true);
    addEventListener("dragleave", leave, true);
    addEventListener("drop", drop, true);
    return () => {
      removeEventListener("dragover", drag, true);
      removeEventListener("dragleave", leave, true);
      removeEventListener("drop", drop, true);
    };
  }, [onFile]);
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(null), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <>
      <div class={over ? "drop" : "sr"} aria-live="polite">
        {over && <p>{texts.share.drop}</p>}
      </div>
      <p class={said ? `dropped${said.failed ? " bad" : ""}` : "sr"} aria-live="polite">
        {said?.sentence(texts)}
      </p>
    </>
  );
}
