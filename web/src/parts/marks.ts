/** What the recording says about the lines of the program, for the editor to show. */
export interface Marks {
  /** Line that the recording stands at, from 1; 0 for none. */
  readonly line: number;
  readonly isError: boolean;
  /** Bytes that each line allocated and freed when it last ran. */
  readonly costs: ReadonlyMap<number, { allocated: number; freed: number }>;
}
export const NO_MARKS: Marks = { line: 0, isError: false, costs: new Map() };
