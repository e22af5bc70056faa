import { describe, expect, it } from "vitest";
import { fromFragment, toFragment } from "./share";

const packed = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const out = Buffer.from(await new Response(stream).arrayBuffer());
  return `#lab=${out.toString("base64url")}`;
};
const json = (value: unknown) => packed(new TextEncoder().encode(JSON.stringify(value)));

describe("a link", () => {
  it("holds program, outputs, step and selection", async () => {
    const shared = {
      source: "변수 = 1\n",
      outputs: "compare",
      step: 12,
      selected: "Square#4",
    } as const;
    const fragment = await toFragment(shared);
    expect(fragment).toMatch(/^#lab=[\w-]+$/);
    expect(await fromFragment(fragment)).toEqual(shared);
  });

  it("is short for a short program", async () => {
    const source = "x = Variable(np.array(2.0))\ny = square(x)\n".repeat(10);
    expect((await toFragment({ source, outputs: "weak" })).length).toBeLessThan(200);
  });

  it("without a program of ours is none", async () => {
    expect(await fromFragment("")).toBeNull();
    expect(await fromFragment("#section")).toBeNull();
  });

  it.each([
    ["letters that are no base64", "#lab=%%%"],
    ["bytes that are not packed", "#lab=AAAA"],
  ])("of %s is refused", async (_, fragment) => {
    await expect(fromFragment(fragment)).rejects.toThrow();
  });

  it("of something else is refused", async () => {
    for (const value of [1, null, [], { v: 2, source: "" }, { v: 1 }, { v: 1, source: 1 }]) {
      await expect(fromFragment(await json(value))).rejects.toThrow();
    }
    await expect(fromFragment(await packed(new Uint8Array([0xff, 0xfe])))).rejects.toThrow();
  });

  it("that would unpack to gigabytes is refused", async () => {
    await expect(fromFragment(await packed(new Uint8Array(50_000_000)))).rejects.toThrow(
      "too long",
    );
    await expect(fromFragment(`#lab=${"A".repeat(1_400_001)}`)).rejects.toThrow("too long");
  });

  it("forgets a step or a selection that cannot be one", async () => {
    const odd = { v: 1, source: "", outputs: "x", step: -1, selected: "x".repeat(300) };
    expect(await fromFragment(await json(odd))).toEqual({
      source: "",
      outputs: "weak",
      step: undefined,
      selected: undefined,
    });
  });
});
