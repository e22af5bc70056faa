// @vitest-environment happy-dom
import { render } from "preact";
import { useState } from "preact/hooks";
import { act } from "preact/test-utils";
import { expect, it } from "vitest";
import { memo } from "./memo";

it("draws a part anew only where a property differs", () => {
  let drawn = 0;
  const Part = memo(({ text }: { text: string; more?: number }) => {
    drawn++;
    return <b>{text}</b>;
  });
  const root = document.createElement("div");
  render(<Part text="a" />, root);
  render(<Part text="a" />, root);
  expect(drawn).toBe(1);
  render(<Part text="a" more={1} />, root);
  render(<Part text="b" more={1} />, root);
  expect(drawn).toBe(3);
  expect(root.textContent).toBe("b");
  render(<Part text="b" />, root);
  expect(drawn).toBe(4);
});

it("is told what does not matter", () => {
  const Part = memo(
    ({ text }: { text: string; onPress: () => void }) => <b>{text}</b>,
    (a, b) => a.text.length === b.text.length,
  );
  const root = document.createElement("div");
  render(<Part text="a" onPress={() => {}} />, root);
  render(<Part text="b" onPress={() => {}} />, root);
  expect(root.textContent).toBe("a");
  render(<Part text="bc" onPress={() => {}} />, root);
  expect(root.textContent).toBe("bc");
});

it("lets a part change by itself", async () => {
  let press = () => {};
  const Part = memo(({ text }: { text: string }) => {
    const [times, setTimes] = useState(0);
    press = () => setTimes(times + 1);
    return (
      <b>
        {text} {times}
      </b>
    );
  });
  const root = document.createElement("div");
  render(<Part text="a" />, root);
  await act(press);
  expect(root.textContent).toBe("a 1");
});
