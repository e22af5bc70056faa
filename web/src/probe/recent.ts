/**
 * Addresses at which something began or ended since the last look. A word of memory
 * that is what it was may mean another object if it is one of these.
 */
export class Recent {
  /** One bit of an address's hash each, because nearly all words are none of them. */
  readonly #hint = new Uint8Array(1 << 16);
  #now = new Set<number>();
  #before = new Set<number>();

  add(at: number): void {
    this.#now.add(at);
    this.#hint[(at >>> 3) & 0xffff] = 1;
  }

  has(word: number): boolean {
    return (
      this.#hint[(word >>> 3) & 0xffff] === 1 && (this.#now.has(word) || this.#before.has(word))
    );
  }

  /** A look begins: what comes from here on belongs to the next one too. */
  turn(): void {
    for (const at of this.#before) this.#hint[(at >>> 3) & 0xffff] = 0;
    for (const at of this.#now) this.#hint[(at >>> 3) & 0xffff] = 1;
    this.#before = this.#now;
    this.#now = new Set();
  }
}
