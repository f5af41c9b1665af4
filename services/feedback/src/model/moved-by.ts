import type { TargetModel } from './train-target.js';
import type { Block, Trait } from './trait.js';
import { encoder } from './vocabulary.js';

/** Below it, in log-odds, nobody would notice. */
const LEAST = 0.02;
const MOST_NAMED = 3;

/** Which traits of a moment moved a prediction most, in words, the strongest first. Made once per model. */
export function movedBy({ columns, linear, calibration }: TargetModel): (traits: readonly Trait[]) => readonly string[] {
  const encode = encoder(columns);
  return (traits) => {
    const shown = new Map(traits.map((trait) => [trait.name, trait]));
    const { at, value } = encode(traits);
    const moves = Array.from(at, (column, k) => ({
      trait: shown.get(columns[column]?.name ?? ''),
      move: calibration.slope * (linear.effects[column] ?? 0) * (value[k] ?? 0),
    }));
    return moves
      .filter(({ move }) => Math.abs(move) >= LEAST)
      .sort((a, b) => Math.abs(b.move) - Math.abs(a.move))
      .slice(0, MOST_NAMED)
      .flatMap(({ trait, move }) => (trait ? [`${inWords(trait)} makes it ${move > 0 ? 'likelier' : 'less likely'} to fail`] : []));
  };
}

const TEXT: Readonly<Partial<Record<Block, string>>> = { words_action: 'in the action', words_agent: 'in the agent’s words' };

function inWords({ block, name, shown }: Trait): string {
  const where = TEXT[block];
  return where === undefined ? name.replace(/\s+/g, ' ').trim() : `“${shown ?? name}” ${where}`;
}
