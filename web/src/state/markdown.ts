/** What a reader sees, as Markdown to paste: program, moment, picture, and a link back. */
export interface Sight {
  readonly title: string;
  readonly source: string;
  /** One sentence of where the recording stands; empty where there is none. */
  readonly moment: string;
  /** The picture as SVG; null where nothing is drawn. */
  readonly svg: string | null;
  readonly link: string;
  readonly linkText: string;
}

export function asMarkdown({ title, source, moment, svg, link, linkText }: Sight): string {
  return [
    `**${escaped(title)}**`,
    fenced(source.trimEnd()),
    moment,
    svg === null ? "" : `![${escaped(moment || title)}](${dataUrl(svg)})`,
    `[${escaped(linkText)}](${link})`,
  ]
    .filter(Boolean)
    .join("\n\n")
    .concat("\n");
}

/** A fence longer than any run of backquotes in the program. */
function fenced(source: string): string {
  const longest = Math.max(2, ...(source.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}python\n${source}\n${fence}`;
}

const escaped = (text: string): string => text.replace(/[\\*_`[\]<>]/g, "\\$&");

export function dataUrl(svg: string): string {
  const bytes = new TextEncoder().encode(svg);
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return `data:image/svg+xml;base64,${btoa(letters)}`;
}
