import type { Json } from '@handoff/contracts';
import { TextInput } from '@mantine/core';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { showHidden } from '../text/split-hidden.js';
import { PacketLine } from '../text/packet-text.js';
import classes from './json-tree.module.css';
import { JsonLeaf, JsonTree } from './json-tree.js';
import { isLarge, searchJson } from './search-json.js';

const MOST = 50;

/** Data that may be large: folded, and searched where it has more than one looks through. */
export function JsonData({ value, name }: { readonly value: Json; readonly name: string }): ReactNode {
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search);
  if (!isLarge(value)) return <JsonTree value={value} name={name} />;
  const found = searchJson(value, wanted, MOST + 1);
  return (
    <div className={classes.data}>
      <TextInput
        type="search"
        size="xs"
        aria-label={`Search in ${showHidden(name)}`}
        placeholder="Search in the data"
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {wanted.trim() !== '' && (
        <>
          <p role="status" className={classes.kind}>
            {found.length > MOST ? `The first ${MOST} of more` : `${found.length} found`}
          </p>
          <ul className={classes.children}>
            {found.slice(0, MOST).map((it) => (
              <li key={it.path} className={classes.leaf}>
                <span className={classes.key}>
                  <PacketLine text={it.path} />
                </span>
                <JsonLeaf value={it.value} of={it.path} />
              </li>
            ))}
          </ul>
        </>
      )}
      <JsonTree value={value} name={name} />
    </div>
  );
}
