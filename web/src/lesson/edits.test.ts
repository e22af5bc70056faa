import { describe, expect, it } from "vitest";
import { isMade, toggled } from "./edits";

const PROGRAM = "a = 1\nb = 2\nc = 3\n";
const CHANGE = { first: 2, last: 2, lines: ["b = 20"] };
const ADDITION = { first: 2, last: 2, lines: ["b = 2", "b += 1"] };

describe("an edit", () => {
  it("is made and taken back", () => {
    const changed = toggled(PROGRAM, PROGRAM, CHANGE);
    expect(changed).toBe("a = 1\nb = 20\nc = 3\n");
    expect(isMade(PROGRAM, PROGRAM, CHANGE)).toBe("no");
    expect(isMade(PROGRAM, changed, CHANGE)).toBe("yes");
    expect(toggled(PROGRAM, changed, CHANGE)).toBe(PROGRAM);
  });

  it("that only adds lines is told from its own beginning", () => {
    const changed = toggled(PROGRAM, PROGRAM, ADDITION);
    expect(changed).toBe("a = 1\nb = 2\nb += 1\nc = 3\n");
    expect(isMade(PROGRAM, changed, ADDITION)).toBe("yes");
    expect(toggled(PROGRAM, changed, ADDITION)).toBe(PROGRAM);
  });

  it("finds its lines where the reader has moved them", () => {
    const moved = `import gc\n${PROGRAM}`;
    expect(toggled(PROGRAM, moved, CHANGE)).toBe("import gc\na = 1\nb = 20\nc = 3\n");
  });

  it("changes nothing where its lines are gone", () => {
    expect(isMade(PROGRAM, "x = 1\n", CHANGE)).toBe("gone");
    expect(toggled(PROGRAM, "x = 1\n", CHANGE)).toBe("x = 1\n");
  });
});
