import type { ReactNode } from 'react';
import type { PolicyRule } from '../api/use-policy.js';
import { Section } from '../handoff/section.js';
import { PacketLine } from '../text/packet-text.js';
import classes from './policy.module.css';
import { endWords, levelWords, matchWords, targetWords } from './policy-words.js';

/** A rule as its ladder: who is asked, who next, and what becomes of it at the end. */
export function RuleLadder({ rule, number }: { readonly rule: PolicyRule; readonly number: number }): ReactNode {
  return (
    <Section title={`Rule ${number}: ${rule.id}`}>
      <p>
        <PacketLine text={matchWords(rule.match)} />
      </p>
      <ol className={classes.ladder}>
        {rule.levels.map((level, index) => (
          <li key={index} className={classes.level}>
            <p>
              <strong>
                {index + 1}. <PacketLine text={level.name} />
              </strong>
              : <PacketLine text={targetWords(level.target)} />
            </p>
            {levelWords(level).map((words) => (
              <p key={words} className={classes.words}>
                <PacketLine text={words} />
              </p>
            ))}
          </li>
        ))}
        <li className={classes.end}>
          <PacketLine text={endWords(rule.at_end)} />
          {!rule.earlier_may_answer && <p>Once a level has passed, its people may not answer any more.</p>}
        </li>
      </ol>
    </Section>
  );
}
