import type { Json } from '@handoff/contracts';
import { useState, type ReactNode } from 'react';
import { BRIEF } from '../text/fold-text.js';
import { PacketLine, PacketText } from '../text/packet-text.js';
import { childrenOf, describeJson, typeOf } from './describe-json.js';
import classes from './json-tree.module.css';

interface JsonTreeProps {
  readonly value: Json;
  readonly name: string;
  /** What a folded branch shows, where its name already stands beside it. */
  readonly summary?: string;
}

/** Any JSON value. Branches are folded, and made only when opened: a packet may hold a great many. */
export function JsonTree({ value, name, summary = name }: JsonTreeProps): ReactNode {
  return childrenOf(value).length === 0 ? (
    <JsonLeaf value={value} of={name} />
  ) : (
    <JsonBranch value={value} name={summary} preview={summary !== name} />
  );
}

/** A value without children. Text is shown without quotes; its type is said beside it where that matters. */
export function JsonLeaf({ value, of }: { readonly value: Json; readonly of: string }): ReactNode {
  if (typeof value === 'string')
    return value === '' ? <span className={classes.word}>empty text</span> : <PacketText text={value} limits={BRIEF} of={of} />;
  const type = typeOf(value);
  return <span className={classes.word}>{type === 'object' || type === 'list' ? describeJson(value) : String(value)}</span>;
}

const BATCH = 100;

interface JsonBranchProps {
  readonly value: Json;
  readonly name: string;
  /** The name is JSON: it breaks anywhere. */
  readonly preview?: boolean;
}

function JsonBranch({ value, name, preview = false }: JsonBranchProps): ReactNode {
  const [open, setOpen] = useState(false);
  const [limit, setLimit] = useState(BATCH);
  const entries = childrenOf(value);
  return (
    <details className={classes.branch} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={classes.summary}>
        <span className={preview ? classes.preview : undefined}>
          <PacketLine text={name} />
        </span>{' '}
        <span className={classes.kind}>{describeJson(value)}</span>
      </summary>
      {open && (
        <ul className={classes.children}>
          {entries.slice(0, limit).map(([key, child]) => (
            <li key={key}>
              {childrenOf(child).length > 0 ? (
                <JsonBranch value={child} name={key} />
              ) : (
                <div className={classes.leaf}>
                  <span className={classes.key}>
                    <PacketLine text={key} />
                  </span>
                  <JsonLeaf value={child} of={key} />
                </div>
              )}
            </li>
          ))}
          {entries.length > limit && (
            <li>
              <button type="button" className={classes.more} onClick={() => setLimit(limit + BATCH)}>
                Show {Math.min(BATCH, entries.length - limit)} more of {entries.length}
              </button>
            </li>
          )}
        </ul>
      )}
    </details>
  );
}
