import { expect, test } from "vitest";
import { hasRoomForTwo } from "./spare";

const DESKTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0";
const PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148 Safari/604.1";

test("where the browser tells its memory, four gigabytes have room for two", () => {
  expect(hasRoomForTwo({ userAgent: "", deviceMemory: 8 })).toBe(true);
  expect(hasRoomForTwo({ userAgent: "", deviceMemory: 4 })).toBe(true);
  expect(hasRoomForTwo({ userAgent: "", deviceMemory: 2 })).toBe(false);
});

test("where it does not, computers have room and phones have not", () => {
  expect(hasRoomForTwo({ userAgent: DESKTOP })).toBe(true);
  expect(hasRoomForTwo({ userAgent: PHONE })).toBe(false);
  expect(hasRoomForTwo({ userAgent: DESKTOP, userAgentData: { mobile: true } })).toBe(false);
});
