import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PersonId, TeamId } from '@handoff/contracts';
import { chooseLevel, type PassedBy } from './choose-level.js';
import type { Level } from './policy.js';

const level = (name: string): Level => ({ name, team: name as TeamId, decideWithin: null, ackWithin: null, ladder: [], repeat: 0 });
const onDuty = ({ name }: Level): readonly PersonId[] => (name.startsWith('empty') ? [] : ['ana' as PersonId]);

const isPaused = ({ name }: Level): PassedBy => (name.startsWith('paused') ? 'paused' : null);

describe('the level that is asked', () => {
  it('is the first from the start on', () => {
    const choice = chooseLevel([level('one'), level('two')], 1, onDuty, isPaused);
    expect(choice).toMatchObject({ kind: 'ask', number: 2, skipped: [], level: { name: 'two' } });
  });

  it('is the next one at once where nobody is on duty, and the empty ones are named', () => {
    const choice = chooseLevel([level('empty-1'), level('empty-2'), level('three')], 0, onDuty, isPaused);
    expect(choice).toMatchObject({ kind: 'ask', number: 3, skipped: [{ name: 'empty-1' }, { name: 'empty-2' }] });
  });

  it('is none where nobody is left', () => {
    expect(chooseLevel([level('one'), level('empty')], 1, onDuty, isPaused)).toMatchObject({
      kind: 'unattended',
      skipped: [{ name: 'empty' }],
    });
  });

  it('is the next one where a team is paused, and the paused one where nobody else is left', () => {
    const levels = [level('paused-1'), level('two'), level('paused-3'), level('empty')];
    expect(chooseLevel(levels, 0, onDuty, isPaused)).toMatchObject({ kind: 'ask', number: 2, skipped: [{ name: 'paused-1' }] });
    expect(chooseLevel(levels, 2, onDuty, isPaused)).toMatchObject({ kind: 'ask', number: 3, skipped: [] });
  });

  it('comes once for each level with people, in order, and never for one without', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }), (staffed) => {
        const levels = staffed.map((has, i) => level(has ? `level-${i}` : `empty-${i}`));
        const asked: number[] = [];
        for (let from = 0; ; from = asked.at(-1) ?? levels.length) {
          const choice = chooseLevel(levels, from, onDuty, isPaused);
          if (choice.kind === 'unattended') break;
          asked.push(choice.number);
        }
        expect(asked).toEqual(staffed.flatMap((has, i) => (has ? [i + 1] : [])));
      }),
    );
  });
});
