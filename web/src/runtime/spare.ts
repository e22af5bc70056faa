/**
 * Whether a second interpreter may wait in memory. Measured in Chromium: a page
 * with one takes 360 MB, with two 460.
 */
const GIGABYTES_FOR_TWO = 4;

interface Device {
  /** Gigabytes, rounded to a power of two; only Chromium tells. */
  deviceMemory?: number;
  userAgentData?: { mobile: boolean };
  userAgent: string;
}

export function hasRoomForTwo(device: Device): boolean {
  const mobile = device.userAgentData?.mobile ?? /Mobi|Android|iPad|iPhone/.test(device.userAgent);
  if (device.deviceMemory !== undefined) return device.deviceMemory >= GIGABYTES_FOR_TWO;
  return !mobile;
}
