import type { Texts } from "../i18n";
import type { Lens } from "../state/lens";
import type { Mode, State } from "../state/state";
import type { Reply } from "../views/console";
import type { Sharing } from "../views/share";

/** What each pane is given. */
export interface PaneProps {
  state: State;
  texts: Texts;
  actions: Actions;
}

/** What a reader can do. main.tsx gives them; no view knows of the worker or of storage. */
export interface Actions {
  write(source: string): void;
  choose(example: string): void;
  run(): void;
  stop(): void;
  readonly sharing: Sharing;
  /** Ask the console; how its last name may go on. */
  ask(text: string): Promise<Reply>;
  complete(text: string): Promise<readonly string[]>;
  mode(mode: Mode): void;
  /** To a step of the leading recording. */
  goTo(step: number): void;
  /** To a moment of the clock. */
  toMoment(moment: number): void;
  /** To the next run of a line of the program. */
  toLine(line: number): void;
  select(object: number | null): void;
  /** What has grown, where the inspector is a drawer. */
  report(shown: boolean): void;
  table(shown: boolean): void;
  lens(change: Partial<Lens>): void;
  play(on: boolean): void;
  help(shown: boolean): void;
  lesson(shown: State["lesson"]): void;
  language(language: State["language"]): void;
  toggleTheme(): void;
}
