/**
 * The editor itself: CodeMirror with Python, two gutters for what each line cost,
 * and the marks of the line that the recording stands at. Loaded after the first
 * paint; nothing else imports CodeMirror.
 */
import {
  defaultKeymap,
  history,
  historyKeymap,
  indentWithTab,
  isolateHistory,
} from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { HighlightStyle, indentUnit, syntaxHighlighting } from "@codemirror/language";
import {
  Annotation,
  Compartment,
  EditorState,
  RangeSet,
  StateEffect,
  StateField,
} from "@codemirror/state";
import {
  Decoration,
  drawSelection,
  EditorView,
  GutterMarker,
  gutter,
  gutterLineClass,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { kilobytes } from "../i18n/numbers";
import { type Marks, NO_MARKS } from "./marks";

export interface Handlers {
  onChange: (source: string) => void;
  onRun: () => void;
  /** A line's number or cost was pressed, or its text by one who was not writing. */
  onLine: (line: number) => void;
}

export interface Editor {
  readonly view: EditorView;
  setText(source: string): void;
  setMarks(marks: Marks): void;
  setLabel(label: string): void;
}

class LineMark extends GutterMarker {
  constructor(override readonly elementClass: string) {
    super();
  }
}
const NOW = new LineMark("cm-now-gutter");
const FAILED = new LineMark("cm-now-gutter cm-failed-gutter");

/** A text that the page sets is no news to it: it may have another one by then. */
const isSet = Annotation.define<true>();

const setMarks = StateEffect.define<Marks>();
const marksField = StateField.define<Marks>({
  create: () => NO_MARKS,
  update(marks, transaction) {
    for (const effect of transaction.effects) if (effect.is(setMarks)) return effect.value;
    return marks;
  },
  provide: (field) => [
    EditorView.decorations.from(field, (marks) => (view) => {
      if (marks.line < 1 || marks.line > view.state.doc.lines) return Decoration.none;
      const line = view.state.doc.line(marks.line);
      const mark = Decoration.line({
        class: marks.isError ? "cm-now cm-failed" : "cm-now",
        attributes: { "aria-current": "true" },
      });
      return Decoration.set(mark.range(line.from));
    }),
    gutterLineClass.compute([field, "doc"], (state) => {
      const { line, isError } = state.field(field);
      if (line < 1 || line > state.doc.lines) return RangeSet.empty;
      return RangeSet.of((isError ? FAILED : NOW).range(state.doc.line(line).from));
    }),
  ],
});

/** The number of bytes in the gutter, over a bar as long as the bytes are many. */
class Cost extends GutterMarker {
  constructor(
    readonly text: string,
    readonly share: number,
  ) {
    super();
  }
  override eq(other: Cost): boolean {
    return other.text === this.text && other.share === this.share;
  }
  override toDOM(): Node {
    const cell = document.createElement("span");
    const bar = document.createElement("i");
    bar.style.width = `${Math.round(this.share * 38)}px`;
    cell.append(this.text, bar);
    return cell;
  }
}

/** Presses on a gutter, as CodeMirror hands them over. */
const onGutter = (handlers: Handlers) => ({
  click: (view: EditorView, { from }: { from: number }) => {
    handlers.onLine(view.state.doc.lineAt(from).number);
    return true;
  },
});

/** Presses on the text, but not those of one who is writing in it or selects. */
function onText(handlers: Handlers) {
  let writing = false;
  return EditorView.domEventHandlers({
    mousedown: (_, view) => {
      writing = view.hasFocus;
    },
    click: (event, view) => {
      const at = view.posAtCoords(event);
      if (writing || at === null || !view.state.selection.main.empty) return;
      handlers.onLine(view.state.doc.lineAt(at).number);
    },
  });
}

function costGutter(which: "allocated" | "freed", sign: string, handlers: Handlers) {
  return gutter({
    class: `cm-cost cm-${which}`,
    domEventHandlers: onGutter(handlers),
    markers(view) {
      const { costs } = view.state.field(marksField);
      let most = 1;
      for (const cost of costs.values()) most = Math.max(most, cost.allocated, cost.freed);
      const found = [];
      for (const [line, cost] of [...costs].sort(([a], [b]) => a - b)) {
        const bytes = cost[which];
        if (!bytes || line > view.state.doc.lines) continue;
        const marker = new Cost(`${sign}${kilobytes(bytes)}`, Math.max(0.06, bytes / most));
        found.push(marker.range(view.state.doc.line(line).from));
      }
      return RangeSet.of(found);
    },
    lineMarkerChange: (update) =>
      update.startState.field(marksField) !== update.state.field(marksField),
    initialSpacer: () => new Cost("+0000", 0),
  });
}

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword], color: "var(--now)" },
  { tag: [tags.number, tags.bool, tags.null, tags.string], color: "var(--literal)" },
  { tag: tags.comment, color: "var(--ink-3)", fontStyle: "italic" },
]);

/** A key's command that always has dealt with the key. */
const done = (act: (view: EditorView) => void) => (view: EditorView) => {
  act(view);
  return true;
};

/** What the page's policy lets CodeMirror's own style sheet in by. */
const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";

/** The one stretch in which two texts differ; the cursor outside of it stays where it is. */
function difference(before: string, after: string) {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from++;
  let same = 0;
  while (same < shorter - from && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { from, to: before.length - same, insert: after.slice(from, after.length - same) };
}

export function createEditor(
  parent: HTMLElement,
  source: string,
  label: string,
  handlers: Handlers,
): Editor {
  const labelled = new Compartment();
  const named = (text: string) =>
    EditorView.contentAttributes.of({ "aria-label": text, spellcheck: "false", tabindex: "0" });
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: source,
      extensions: [
        EditorView.cspNonce.of(styleNonce()),
        lineNumbers({ domEventHandlers: onGutter(handlers) }),
        costGutter("allocated", "+", handlers),
        costGutter("freed", "−", handlers),
        onText(handlers),
        history(),
        drawSelection(),
        indentUnit.of("    "),
        python(),
        syntaxHighlighting(colours),
        marksField,
        keymap.of([
          { key: "Mod-Enter", preventDefault: true, run: done(handlers.onRun) },
          { key: "Escape", run: done((editor) => editor.contentDOM.blur()) },
          indentWithTab,
          ...defaultKeymap,
          ...historyKeymap,
        ]),
        labelled.of(named(label)),
        EditorView.updateListener.of((update) => {
          const written = update.transactions.some((t) => t.docChanged && !t.annotation(isSet));
          if (written) handlers.onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
  let present = 0;
  const showPresent = () => {
    if (present < 1 || present > view.state.doc.lines || view.hasFocus) return;
    const line = view.state.doc.line(present);
    const block = view.lineBlockAt(line.from);
    const { scrollTop, clientHeight } = view.scrollDOM;
    if (block.top < scrollTop || block.bottom > scrollTop + clientHeight) {
      view.dispatch({ effects: EditorView.scrollIntoView(line.from, { y: "center" }) });
    }
  };
  // Before it has its size the editor cannot tell what line is out of sight.
  new ResizeObserver(showPresent).observe(view.scrollDOM);
  return {
    view,
    setText(text) {
      const { doc } = view.state;
      if (doc.toString() === text) return;
      // One change, apart from any before and no larger than it is, so that undo brings back what stood there before an example was chosen.
      view.dispatch({
        changes: difference(doc.toString(), text),
        annotations: [isolateHistory.of("full"), isSet.of(true)],
      });
    },
    setMarks(marks) {
      view.dispatch({ effects: setMarks.of(marks) });
      present = marks.line;
      showPresent();
    },
    setLabel(text) {
      view.dispatch({ effects: labelled.reconfigure(named(text)) });
    },
  };
}
