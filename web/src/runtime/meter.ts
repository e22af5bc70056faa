/**
 * Bounds what a worker may send, in size and in rate. The recorder keeps far below
 * (a chunk each 50 ms); a program that forges messages is ended when it is over,
 * and what it had sent beyond that is never looked at.
 */
export interface Bounds {
  /** Characters of one message. */
  message: number;
  /** Characters of all messages of one run. */
  run: number;
  /** Messages at once, and how many more each second after that. */
  burst: number;
  perSecond: number;
}

export const BOUNDS: Bounds = { message: 16e6, run: 200e6, burst: 1000, perSecond: 100 };

export class Meter {
  #sent = 0;
  #credit: number;
  #at: number;

  constructor(
    private readonly bounds: Bounds = BOUNDS,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#credit = bounds.burst;
    this.#at = now();
  }

  /** A new run may send as much again; the rate goes on. */
  startRun(): void {
    this.#sent = 0;
  }

  /** Count a message of so many characters; false if that is too much. */
  take(characters: number): boolean {
    const { message, run, burst, perSecond } = this.bounds;
    const now = this.now();
    this.#credit = Math.min(burst, this.#credit + ((now - this.#at) / 1000) * perSecond) - 1;
    this.#at = now;
    this.#sent += characters;
    return this.#credit >= 0 && characters <= message && this.#sent <= run;
  }
}
