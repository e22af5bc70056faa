/**
 * The graph on the page as a file: the same SVG with its looks written into it, since a file has
 * no style sheet, and from it a PNG.
 */

/** What looks depend on; everything else is geometry and stands in attributes already. */
const LOOKS = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "stroke-opacity",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
  "dominant-baseline",
  "paint-order",
  "visibility",
];
const NOT_SHOWN = [
  "class",
  "style",
  "tabindex",
  "role",
  "aria-label",
  "aria-pressed",
  "aria-hidden",
];
const GAP = 24;

export interface GraphFile {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** The graphs that are drawn now, side by side; null where none is. */
export function graphFile(title: string): GraphFile | null {
  const graphs = [...document.querySelectorAll<SVGSVGElement>("svg.g")];
  if (graphs.length === 0) return null;
  const sheet = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  let width = 0;
  let height = 0;
  for (const graph of graphs) {
    const copy = dressed(graph);
    const box = graph.viewBox.baseVal;
    copy.setAttribute("x", String(width ? width + GAP : 0));
    copy.setAttribute("width", String(box.width));
    copy.setAttribute("height", String(box.height));
    width += box.width + (width ? GAP : 0);
    height = Math.max(height, box.height);
    sheet.append(copy);
  }
  width = Math.ceil(width);
  height = Math.ceil(height);
  sheet.setAttribute("viewBox", `0 0 ${width} ${height}`);
  sheet.setAttribute("width", String(width));
  sheet.setAttribute("height", String(height));
  sheet.prepend(ground(graphs[0]!), titled(title));
  return { svg: new XMLSerializer().serializeToString(sheet), width, height };
}

function titled(text: string): SVGTitleElement {
  const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
  title.textContent = text;
  return title;
}

/** What the graph lies on, in the page's theme. */
function ground(graph: Element): SVGRectElement {
  const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const pane = graph.closest(".pane") ?? document.body;
  rect.setAttribute("width", "100%");
  rect.setAttribute("height", "100%");
  rect.setAttribute("fill", getComputedStyle(pane).backgroundColor);
  return rect;
}

/** A copy whose elements carry the looks that they have on the page. */
function dressed(original: SVGSVGElement): SVGSVGElement {
  const copy = original.cloneNode(true) as SVGSVGElement;
  const from = [original, ...original.querySelectorAll("*")];
  const to = [copy, ...copy.querySelectorAll("*")];
  const looks = from.map((element) => getComputedStyle(element));
  from.forEach((element, i) => {
    const above = element.parentElement ? looks[from.indexOf(element.parentElement)] : undefined;
    for (const name of LOOKS) {
      const value = looks[i]!.getPropertyValue(name);
      const inherited = above && name !== "opacity" && above.getPropertyValue(name) === value;
      if (value && !inherited) to[i]!.setAttribute(name, value);
    }
    for (const name of NOT_SHOWN) to[i]!.removeAttribute(name);
  });
  return copy;
}

/** Pixels for each unit of the graph: sharp on fine screens and in slides. */
const FINE = 2;

/** The browser draws no PNG, as of a graph that is too large for it. */
export class NoPicture extends Error {}

/** Rejects with NoPicture where the browser draws none. */
export async function asPng({ svg, width, height }: GraphFile): Promise<Blob> {
  const image = new Image();
  // A blob, not a data: address: the page's policy need not let those in.
  image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  await image.decode().catch(() => {
    throw new NoPicture();
  });
  URL.revokeObjectURL(image.src);
  const canvas = document.createElement("canvas");
  canvas.width = width * FINE;
  canvas.height = height * FINE;
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new NoPicture());
    }, "image/png");
  });
}
