import { describe, expect, it } from "vitest";
import { readPage } from "./page";

const MARKDOWN = `# A title
One paragraph of \`code\`,
two lines long.

**Bold**, <kbd>→</kbd> and [a moment](#line-10-pass-2).

## Things to try
- Change it
  like this.
  \`\`\`python 3-4
      indented = 1

  last = 2
  \`\`\`
- Only look.
`;

describe("readPage", () => {
  const page = readPage(MARKDOWN);

  it("reads title and paragraphs, with their marks", () => {
    expect(page.title).toBe("A title");
    expect(page.paragraphs).toEqual([
      ["One paragraph of ", { mark: "code", text: "code" }, ", two lines long."],
      [
        { mark: "strong", text: "Bold" },
        ", ",
        { mark: "key", text: "→" },
        " and ",
        { mark: "moment", text: "a moment", at: { line: 10, pass: 2 } },
        ".",
      ],
    ]);
  });

  it("reads things to try, with the lines that they change", () => {
    expect(page.tries).toEqual([
      {
        text: ["Change it like this."],
        edit: { first: 3, last: 4, lines: ["    indented = 1", "", "last = 2"] },
      },
      { text: ["Only look."], edit: null },
    ]);
  });

  it("reads words that explain themselves", () => {
    expect(
      readPage("# T\nA [count](#term-count) and an [**island**](#term-island).").paragraphs,
    ).toEqual([
      [
        "A ",
        { mark: "term", text: "count", of: "count", strong: false },
        " and an ",
        { mark: "term", text: "island", of: "island", strong: true },
        ".",
      ],
    ]);
  });

  it("keeps a number and its unit together", () => {
    expect(readPage("# T\n320 kB and 3.2 MB, 5 Big").paragraphs).toEqual([
      ["320\u00a0kB and 3.2\u00a0MB, 5 Big"],
    ]);
  });

  it("takes what it does not know as text", () => {
    expect(readPage("# T\n<img src=x> [no](http://moment)").paragraphs).toEqual([
      ["<img src=x> [no](http://moment)"],
    ]);
  });
});
