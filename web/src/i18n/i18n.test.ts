import { describe, expect, it } from "vitest";
import { texts } from ".";
import { bytes, kilobytes } from "./numbers";
import { plain, type Rich } from "./rich";

/** Every text of a language by its path, functions by their number of parameters. */
function leaves(value: unknown, path = ""): [string, unknown][] {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
  }
  return [[path, value]];
}

describe("texts", () => {
  const en = leaves(texts.en);
  const ko = new Map(leaves(texts.ko));

  it("are the same in both languages", () => {
    expect([...ko.keys()].sort()).toEqual(en.map(([path]) => path).sort());
  });

  it("are never empty", () => {
    for (const [path, value] of [...en, ...ko]) {
      const text = Array.isArray(value) ? plain(value as Rich) : value;
      if (typeof text !== "function") expect(text, path).not.toBe("");
    }
  });

  it("say what others rely on, word for word", () => {
    const { status, position } = texts.en;
    expect(position.valueText(7, 41, texts.en.place({ line: 6, input: 0 }))).toBe(
      "step 7 of 41, line 6",
    );
    expect([status.loading, status.ready, status.running, status.stopped]).toEqual([
      "Loading Python",
      "Ready",
      "Running",
      "Stopped",
    ]);
    expect(status.finished(41)).toBe("Finished, 41 steps");
    expect(status.failed("why")).toBe("Failed: why");
  });
});

describe("numbers", () => {
  it("round to three figures, 1 kB being 1000 bytes", () => {
    expect([0, 999, 1000, 80_000, 640_000, 2_240_000, 3_200_000].map(bytes)).toEqual([
      "0 B",
      "999 B",
      "1 kB",
      "80 kB",
      "640 kB",
      "2.24 MB",
      "3.2 MB",
    ]);
    expect([8, 80_000, 320, 1_234_567].map(kilobytes)).toEqual(["8B", "80", "0.32", "1235"]);
  });
});
