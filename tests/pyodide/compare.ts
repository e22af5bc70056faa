/** Programs made at random, under the probe outside and without it, in this interpreter. */
import { Memory } from "../../web/src/probe/memory";
import type { EmscriptenModule, Outside } from "../../web/src/probe/outside";
import { Oracle } from "../../web/src/probe/testing/oracle";
import { program } from "../../web/src/probe/testing/programs";
import { type Python, type Runs, runsOf } from "../../web/src/probe/testing/runs";
import { witnessed } from "../../web/src/probe/testing/witness";

const STATEMENTS = 60;

export class Comparison {
  readonly #runs: Runs;
  readonly #oracle: Oracle;

  constructor(python: Python, outside: Outside) {
    const module = (python as unknown as { _module: EmscriptenModule })._module;
    this.#runs = runsOf(python, outside);
    this.#oracle = new Oracle(python, new Memory(module), outside);
  }

  /** What a program prints that tells all that it can know: twice bare, then recorded. */
  printed(seed: number): string[] {
    const source = witnessed(seed, STATEMENTS);
    return [false, false, true].map((recorded) => this.#runs.outputOf(source, recorded));
  }

  /** The live graph against its oracle, at every statement of a program. */
  looked(seed: number): { statements: number; looks: number; wrong: string[]; status: string } {
    this.#oracle.clear();
    const { status } = this.#runs.record(program(seed, STATEMENTS, "check()\n"));
    const { looks, wrong } = this.#oracle;
    return { statements: STATEMENTS, looks, wrong, status };
  }
}
