import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { CLOCKS, END_TYPES } from '@handoff/contracts';

const rows = readFileSync(new URL('../../docs/GLOSSARY.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| **'))
  .map((line) => line.split('|').slice(1, 3) as [string, string]);
const words = rows.flatMap(([names]) => [...names.matchAll(/\*\*(.+?)\*\*/g)].map(([, word]) => String(word)));
const meaningOf = (word: string): string => rows.find(([names]) => names.includes(`**${word}**`))?.[1] ?? '';

describe('the glossary', () => {
  it('says each word once', () => {
    expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
  });

  it('names every end that a handoff may come to without a person', () => {
    expect(END_TYPES.filter((end) => !meaningOf('end').includes(`\`${end}\``))).toEqual([]);
  });

  it('names every clock', () => {
    expect(CLOCKS.filter((clock) => !words.includes(clock))).toEqual([]);
  });
});
