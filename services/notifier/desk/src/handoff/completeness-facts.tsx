import type { PacketCompleteness } from '@handoff/contracts';
import type { ReactNode } from 'react';
import { PacketLine } from '../text/packet-text.js';
import classes from './completeness-facts.module.css';
import { Section } from './section.js';

/** What the person has to do without. Said of the packet, before it is missed. */
export function CompletenessFacts({ completeness }: { readonly completeness: PacketCompleteness }): ReactNode {
  const { score, warnings } = completeness;
  return (
    <Section title="How complete the packet is" note={`${Math.round(score * 100)} %`}>
      {warnings.length === 0 ? (
        <p className={classes.warning}>Nothing is missing.</p>
      ) : (
        <ul className={classes.warnings}>
          {warnings.map(({ path, message }) => (
            <li key={path} className={classes.warning}>
              <PacketLine text={message} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
