/** What is to be recorded, as `livegrad.liveness.outside` tells it. Addresses are numbers. */
import type { Code } from "./calls";

export interface Program {
  /** The module's code; its frame is the bottom of every stack. */
  main: number;
  codes: Code[];
  /** The `__dict__` of the program's module. */
  namespace: number;
  /** Name and dict of what lasts as a module does, and holds something of the program's. */
  spaces: [name: string, at: number][];
  /** Name and text of each file whose lines are recorded. */
  files: [name: string, text: string][];
  /** Namespaces of the recorder's own modules. */
  hidden: number[];
  limits: { steps: number; events: number; objects: number; bytes: number };
}

/** What is run on what the program left. */
export interface Input {
  main: number;
  codes: Code[];
  /** Name and text of the file that the input is. */
  file: [name: string, text: string];
  /** Namespaces of modules that hold what inputs leave, by name. */
  spaces: [name: string, at: number][];
}
