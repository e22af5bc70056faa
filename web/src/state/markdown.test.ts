import { describe, expect, it } from "vitest";
import { asMarkdown } from "./markdown";

const sight = {
  title: "main.py",
  source: "x = 1\n",
  moment: "After line 1: 0 B live.",
  svg: "<svg>가</svg>",
  link: "https://lab.example/#lab=abc",
  linkText: "Open it in the lab",
};

describe("asMarkdown", () => {
  it("holds program, moment, picture and link", () => {
    const [title, program, moment, picture, link] = asMarkdown(sight).trimEnd().split("\n\n");
    expect(title).toBe("**main.py**");
    expect(program).toBe("```python\nx = 1\n```");
    expect(moment).toBe("After line 1: 0 B live.");
    const base64 = /^!\[.*\]\(data:image\/svg\+xml;base64,([\w+/=]+)\)$/.exec(picture!)![1]!;
    expect(Buffer.from(base64, "base64").toString("utf8")).toBe("<svg>가</svg>");
    expect(link).toBe("[Open it in the lab](https://lab.example/#lab=abc)");
  });

  it("has no picture where nothing is drawn", () => {
    expect(asMarkdown({ ...sight, svg: null })).not.toContain("![");
  });

  it("keeps a program that holds fences, and titles that hold marks, as they are", () => {
    const text = asMarkdown({ ...sight, source: 's = """\n```\n"""', title: "a_b[0]" });
    expect(text).toContain('````python\ns = """\n```\n"""\n````');
    expect(text).toContain("**a\\_b\\[0\\]**");
  });
});
