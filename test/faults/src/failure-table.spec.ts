import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FAULTS } from './faults/index.js';

const REPOSITORY = join(import.meta.dirname, '../../..');
const PLACES = ['libs', 'services', 'deploy', 'test'];
const NOT_OURS: ReadonlySet<string> = new Set(['node_modules', 'dist']);

const specs = PLACES.flatMap((place) => specsIn(join(REPOSITORY, place)));

function specsIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((it) => {
    const path = join(folder, it.name);
    if (it.isDirectory()) return NOT_OURS.has(it.name) ? [] : specsIn(path);
    return /spec\.ts$|journey\.ts$/.test(it.name) ? [path] : [];
  });
}

/** What fails, and what shows what then happens. */
function rows(): readonly (readonly [string, string])[] {
  const text = readFileSync(join(REPOSITORY, 'docs/ARCHITECTURE.md'), 'utf8');
  const table = text.slice(text.indexOf('## When a part fails'), text.indexOf('`faults:` names'));
  const cells = table.split('\n').flatMap((line) => (line.startsWith('| ') ? [line.split('|').map((cell) => cell.trim())] : []));
  return cells.slice(1).flatMap(([, fails, , , shown]) => (fails && !fails.startsWith('---') ? [[fails, shown ?? ''] as const] : []));
}

/** @returns why it shows nothing; empty where it does */
function faultsOf(shown: string): readonly string[] {
  const proofs = shown.split(';').map((it) => it.trim());
  const found = proofs.flatMap(judge);
  return found.length === 0 ? ['names no test'] : found.filter((it) => it !== '');
}

function judge(proof: string): readonly string[] {
  if (proof.startsWith('faults: ')) return proof.slice('faults: '.length).split(', ').map(judgeFault);
  const [, file, sentence = ''] = /^`([^`]+\.ts)`:? ?(.*)$/.exec(proof) ?? [];
  return file === undefined ? [] : [judgeTest(file, sentence)];
}

const judgeFault = (name: string): string => (FAULTS.some((fault) => fault.name === name) ? '' : `there is no fault ${name}`);

function judgeTest(file: string, sentence: string): string {
  const [path, another] = specs.filter((it) => it.endsWith(`/${file}`));
  if (path === undefined || another !== undefined) return `${file} is not one file`;
  if (sentence === '') return `${file}: names no sentence`;
  return readFileSync(path, 'utf8').includes(sentence) ? '' : `${file} does not say "${sentence}"`;
}

describe('the table of what happens when a part fails', () => {
  it.each(rows())('has a test that is there for: %s', (_, shown) => {
    expect(faultsOf(shown)).toEqual([]);
  });

  it('is not believed where it names what is not there', () => {
    expect(faultsOf('by luck')).toEqual(['names no test']);
    expect(faultsOf('faults: kill, nothing')).toEqual(['there is no fault nothing']);
    expect(faultsOf('`failure-table.spec.ts`: says so; `nowhere.spec.ts`: at all')).toEqual(['nowhere.spec.ts is not one file']);
    const unsaid = ['is', 'so'].join(' beside ');
    expect(faultsOf(`\`failure-table.spec.ts\`: ${unsaid}`)).toEqual([`failure-table.spec.ts does not say "${unsaid}"`]);
  });
});
