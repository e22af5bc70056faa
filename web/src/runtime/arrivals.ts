/** The worker's end of the files that the page hands in one by one, in any order. */
import type { Arrived, Arriving, RuntimeFiles } from "./messages";

export class Arrivals {
  readonly #waiting = new Map<string, (content: never) => void>();
  readonly files: Arriving = {
    script: this.#expect("script"),
    code: this.#expect("code"),
    lock: this.#expect("lock"),
    snapshot: this.#expect("snapshot"),
    later: this.#expect("later"),
  };

  take({ name, content }: Arrived): void {
    this.#waiting.get(name)?.(content as never);
  }

  #expect<K extends keyof RuntimeFiles>(name: K): Promise<RuntimeFiles[K]> {
    return new Promise((resolve) => this.#waiting.set(name, resolve));
  }
}
