import { expect, it } from "vitest";
import { readTrace } from "./decode";
import { TraceFile } from "./file";
import { sampleTrace } from "./sample";

it("a recording that was put together is read as the one it came from", async () => {
  const { header, chunks, end } = sampleTrace();
  const file = new TraceFile();
  file.add("header", JSON.stringify(header));
  for (const chunk of chunks) file.add("chunk", JSON.stringify(chunk));
  const stopped = await file.whole(end).text();
  file.add("end", JSON.stringify(end));
  const text = await file.whole(null).text();
  expect(text).toBe(stopped);
  expect(JSON.parse(text)).toEqual(sampleTrace());
  expect(readTrace(text).shown).toEqual(readTrace(JSON.stringify(sampleTrace())).shown);
});
