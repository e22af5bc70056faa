/**
 * Work that may be long, as a generator that pauses often: short work is finished
 * at once, long work in turns, between which the page answers.
 */
export type Work<T> = Generator<void, T, void>;

/** Rounds of a loop between two pauses. */
export const ROUNDS = 512;
/** Milliseconds of a turn. */
const TURN = 8;

export function finish<T>(work: Work<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Finishes the work in turns, then hands over its result; what is returned gives it up. */
export function inTurns<T>(work: Work<T>, done: (result: T) => void): () => void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    const end = performance.now() + TURN;
    do {
      const next = work.next();
      if (next.done) {
        port1.close();
        done(next.value);
        return;
      }
    } while (performance.now() < end);
    port2.postMessage(null);
  };
  port2.postMessage(null);
  return () => port1.close();
}
