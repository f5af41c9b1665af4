import { setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { RangeSetBuilder, StateEffect, StateField, type Text } from '@codemirror/state';
import { Decoration, EditorView, WidgetType, type DecorationSet } from '@codemirror/view';
import type { PolicyFault } from '../api/use-policy.js';
import { showHidden } from '../text/split-hidden.js';

const setFaults = StateEffect.define<readonly PolicyFault[]>();

/** What is wrong, behind the line that it is about, for those who do not point at the mark in the gutter. */
export const faultLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (lines, { effects, changes, newDoc }) =>
    effects.reduce((found, effect) => (effect.is(setFaults) ? linesOf(effect.value, newDoc) : found), lines.map(changes)),
  provide: (field) => EditorView.decorations.from(field),
});

export function showFaults(view: EditorView, faults: readonly PolicyFault[]): void {
  const { doc } = view.state;
  view.dispatch(
    setDiagnostics(
      view.state,
      faults.map((fault) => diagnosticOf(fault, doc)),
    ),
    { effects: setFaults.of(faults) },
  );
}

/** A text changes faster than it is judged: what is behind its end is about its last line. */
export const lineOf = ({ line }: Pick<PolicyFault, 'line'>, { lines }: Pick<Text, 'lines'>): number =>
  Math.min(Math.max(1, line ?? 1), lines);

function diagnosticOf(fault: PolicyFault, doc: Text): Diagnostic {
  const { from, to } = doc.line(lineOf(fault, doc));
  return { from, to, severity: 'error', message: showHidden(fault.message) };
}

function linesOf(faults: readonly PolicyFault[], doc: Text): DecorationSet {
  const numbers = [...new Set(faults.map((fault) => lineOf(fault, doc)))].toSorted((a, b) => a - b);
  const builder = new RangeSetBuilder<Decoration>();
  for (const number of numbers) {
    const words = faults.filter((fault) => lineOf(fault, doc) === number).map(({ message }) => message);
    const { to } = doc.line(number);
    builder.add(to, to, Decoration.widget({ side: 1, widget: new FaultWords(words.join(' ')) }));
  }
  return builder.finish();
}

class FaultWords extends WidgetType {
  constructor(private readonly words: string) {
    super();
  }

  override eq(other: FaultWords): boolean {
    return other.words === this.words;
  }

  override toDOM(): HTMLElement {
    const element = document.createElement('span');
    element.className = 'cm-faultWords';
    element.textContent = showHidden(this.words); // it may quote what was written
    return element;
  }
}
