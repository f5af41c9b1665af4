import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useEffectEvent, useImperativeHandle, useRef, type ReactNode, type Ref } from 'react';
import type { PolicyFault } from '../api/use-policy.js';
import { faultLines, lineOf, showFaults } from './fault-lines.js';

export interface EditorHandle {
  /** Puts the cursor there, and the line in sight. */
  readonly goTo: (fault: PolicyFault) => void;
}

interface YamlEditorProps {
  readonly label: string;
  /** What it begins with; from then on the text is the editor's own. */
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly faults: readonly PolicyFault[];
  readonly ref?: Ref<EditorHandle>;
}

/** Text with line numbers and what is wrong beside its lines. Tab leaves it, as it does every other field. */
export function YamlEditor({ label, text, onText, faults, ref }: YamlEditorProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const changed = useEffectEvent(onText);

  useEffect(() => {
    if (!place.current) return;
    const listener = EditorView.updateListener.of(({ docChanged, state }) => docChanged && changed(state.doc.toString()));
    const labelled = EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' });
    view.current = new EditorView({
      parent: place.current,
      state: EditorState.create({ doc: text, extensions: [...EXTENSIONS, labelled, listener] }),
    });
    return () => view.current?.destroy();
    // the text is what it begins with: an editor that is made anew while one writes loses the cursor
  }, []);

  useEffect(() => {
    if (view.current) showFaults(view.current, faults);
  }, [faults]);

  useImperativeHandle(ref, () => ({
    goTo: (fault) => {
      const { current } = view;
      if (!current) return;
      const { from } = current.state.doc.line(lineOf(fault, current.state.doc));
      current.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
      current.focus();
    },
  }));
  return <div ref={place} />;
}

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--desk-accent-text)' },
  { tag: [tags.string, tags.content, tags.number, tags.bool], color: 'var(--desk-value)' },
  { tag: tags.comment, color: 'var(--desk-muted)', fontStyle: 'italic' },
]);

const look = EditorView.theme({
  '&': { maxHeight: '32rem', border: '1px solid var(--desk-control)', borderRadius: '6px', fontSize: '0.8125rem' },
  '&.cm-focused': { outline: '2px solid var(--desk-accent-text)', outlineOffset: '1px' },
  '.cm-scroller': { overflow: 'auto', fontFamily: 'var(--mantine-font-family-monospace)' },
  '.cm-content': { caretColor: 'var(--desk-text)' },
  '.cm-cursor': { borderLeftColor: 'var(--desk-text)' },
  '.cm-gutters': { background: 'var(--desk-raised)', color: 'var(--desk-muted)', borderRight: '1px solid var(--desk-line)' },
  '.cm-activeLine': { background: 'var(--desk-raised)' },
  '.cm-faultWords': {
    marginLeft: '1rem',
    padding: '0 0.375rem',
    borderRadius: '4px',
    background: 'var(--desk-danger-soft)',
    color: 'var(--desk-danger-text)',
    fontFamily: 'var(--mantine-font-family)',
  },
  '.cm-tooltip': { background: 'var(--desk-surface)', color: 'var(--desk-text)', border: '1px solid var(--desk-control)' },
});

const EXTENSIONS = [
  lineNumbers(),
  lintGutter(),
  history(),
  highlightActiveLine(),
  indentUnit.of('  '),
  yaml(),
  syntaxHighlighting(colours),
  faultLines,
  EditorView.lineWrapping,
  look,
  keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
];
