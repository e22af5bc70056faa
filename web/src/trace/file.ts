/** The parts of a recording as they came, put together to the file that `record` would write. */
import type { Part } from "./decode";
import type { End } from "./format";

export class TraceFile {
  #header = "null";
  #end: string | null = null;
  /** Blobs, not text: the browser may keep a long recording elsewhere than in the page's memory. */
  readonly #chunks: Blob[] = [];

  add(part: Part, json: string): void {
    if (part === "header") this.#header = json;
    else if (part === "end") this.#end = json;
    else this.#chunks.push(new Blob([json]));
  }

  /** The whole; `end` stands in where the program was stopped and none came. */
  whole(end: End | null): Blob {
    const chunks = this.#chunks.flatMap((chunk, i) => (i ? [",\n", chunk] : [chunk]));
    return new Blob(
      [
        '{"format":"livegrad-trace","version":1,"header":',
        this.#header,
        ',"chunks":[',
        ...chunks,
        '],"end":',
        this.#end ?? JSON.stringify(end),
        "}\n",
      ],
      { type: "application/json" },
    );
  }
}
