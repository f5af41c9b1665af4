import type { Action } from '@handoff/contracts';
import type { ReactNode } from 'react';
import { previewJson, typeOf } from '../json/describe-json.js';
import { JsonTree } from '../json/json-tree.js';
import { Pill } from '../shell/pill.js';
import { PacketLine } from '../text/packet-text.js';
import classes from './action-args.module.css';
import { Absent } from './section.js';

interface ActionArgsProps {
  readonly action: Action;
  readonly caption: string;
  /** Arguments that the prose does not name. */
  readonly unnamed?: ReadonlySet<string>;
}

/** The arguments with their types: `"20"` and `20` are different things to a machine. */
export function ActionArgs({ action, caption, unnamed }: ActionArgsProps): ReactNode {
  const entries = Object.entries(action.args);
  if (entries.length === 0) return <Absent>Without arguments.</Absent>;
  return (
    <table className={classes.args}>
      <caption className="desk-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Argument</th>
          <th scope="col">Value</th>
          <th scope="col">Type</th>
        </tr>
      </thead>
      <tbody>
        {entries.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">
              <PacketLine text={name} />
            </th>
            <td>
              <JsonTree value={value} name={name} summary={previewJson(value, 80)} />
              {unnamed?.has(name) && <Pill tone="warn">Not in the agent’s words</Pill>}
            </td>
            <td className={classes.type}>{typeOf(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
