import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY } from '@handoff/local';
import { clockTables, type ClockResult } from './clocks/clock-result.js';
import { plot } from './plot.js';
import type { BenchResult, Machine } from './result.js';
import { markdown, tablesOf } from './tables.js';

const PAGE = join(REPOSITORY, 'docs/BENCH.md');
const PLOT = join(REPOSITORY, 'docs/images/bench.svg');

/** Replaces the last output on its page, and the plot. */
export async function writeDocs(result: BenchResult): Promise<void> {
  const when = `${whenOf(result.machine)}, ${result.machine.seconds_per_level} s per level.`;
  await replaceOutput('', [when, ...tablesOf(result).map(markdown)]);
  await writeFile(PLOT, plot(result));
}

export async function writeClocks(result: ClockResult): Promise<void> {
  await replaceOutput('clocks ', [`${whenOf(result.machine)}.`, ...clockTables(result).map(markdown)]);
}

const whenOf = ({ at, cores, node, load_average_before }: Omit<Machine, 'seconds_per_level'>): string =>
  `${at.slice(0, 16).replace('T', ' ')} UTC, ${cores} cores, Node.js ${node}, load average before the start ${load_average_before}`;

/** @param of the words after `--` on the command's line */
async function replaceOutput(of: 'clocks ' | '', output: readonly string[]): Promise<void> {
  const begin = `<!-- last output: written by npm run bench -- ${of}--write -->`;
  const page = await readFile(PAGE, 'utf8');
  const from = page.indexOf(begin);
  const to = page.indexOf('<!-- end of the last output -->', from);
  if (from === -1 || to === -1) throw new Error(`${PAGE} has lost the comments between which the last output stands.`);
  await writeFile(PAGE, `${page.slice(0, from)}${[begin, ...output].join('\n\n')}\n\n${page.slice(to)}`);
}
