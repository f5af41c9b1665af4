import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { EXAMPLES, RECIPES } from './recipes.js';

const MOST_LINES = 10;
const MARK = '+handoff';

describe.each(Object.values(RECIPES))('the recipe $file', ({ file }) => {
  const lines = readFileSync(join(EXAMPLES, file), 'utf8').split('\n');

  it(`adds ${MOST_LINES} lines at most to an agent, and says which`, () => {
    const added = lines.filter((line) => line.includes(MARK));
    expect(added.length).toBeGreaterThan(0);
    expect(added.length).toBeLessThanOrEqual(MOST_LINES);
  });

  it('has nothing of Handoff on any other line', () => {
    const others = lines.filter((line, at) => at > 0 && !line.includes(MARK)).join('\n'); // the first one says what it is
    expect(others).not.toMatch(/\bHANDOFF_|@handoff|handoff\.|requests\.|confluent/);
  });

  it('says that no model is called', () => {
    expect(lines.join('\n')).toContain('Stands in for a model: none is called.');
  });
});
