import type { ReactNode } from 'react';
import type { EarlierLevel } from '../api/desk-types.js';
import { People } from '../shell/me-context.js';
import { PacketLine } from '../text/packet-text.js';
import classes from './levels-so-far.module.css';
import { Section } from './section.js';

interface LevelsSoFarProps {
  readonly before: readonly EarlierLevel[];
  readonly skipped: readonly string[];
}

export function LevelsSoFar({ before, skipped }: LevelsSoFarProps): ReactNode {
  if (before.length === 0 && skipped.length === 0) return null;
  return (
    <Section title="Levels so far">
      <ol className={classes.levels}>
        {before.map((level, index) => (
          <li key={index}>
            <strong>Level {level.level}</strong>
            {level.asked.length > 0 && (
              <>
                {': '}
                <People ids={level.asked} />
              </>
            )}
            <p className={classes.because}>
              Moved on: <PacketLine text={level.moved_because} />
            </p>
          </li>
        ))}
        {skipped.map((name) => (
          <li key={name}>
            <strong>
              <PacketLine text={name} />
            </strong>
            <p className={classes.because}>Skipped: nobody on duty</p>
          </li>
        ))}
      </ol>
    </Section>
  );
}
