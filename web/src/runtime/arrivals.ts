/** Files that the page hands to a worker one by one, in any order: how they go, and how they come. */
import type { Arrived, Arriving, RuntimeFiles } from "./messages";

/** A copy, since the next worker starts from it too; and what is transferred, so as to copy no more. */
export function handOver<T>(content: T): [copy: T, transfer: ArrayBuffer[]] {
  if (!(content instanceof ArrayBuffer)) return [content, []];
  const copy = content.slice();
  return [copy as T, [copy]];
}

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
