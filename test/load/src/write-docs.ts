import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY } from '@handoff/local';
import { plot } from './plot.js';
import type { BenchResult } from './result.js';
import { markdown, tablesOf } from './tables.js';

const PAGE = join(REPOSITORY, 'docs/BENCH.md');
const PLOT = join(REPOSITORY, 'docs/images/bench.svg');
const [BEGIN, END] = ['<!-- last output: written by npm run bench -- --write -->', '<!-- end of the last output -->'];

/** Replaces the last output on its page, and the plot. */
export async function writeDocs(result: BenchResult): Promise<void> {
  const page = await readFile(PAGE, 'utf8');
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin === -1 || end === -1) throw new Error(`${PAGE} has lost the comments between which the last output stands.`);
  const { at, cores, node, seconds_per_level, load_average_before } = result.machine;
  const when = `${at.slice(0, 16).replace('T', ' ')} UTC, ${cores} cores, Node.js ${node}, ${seconds_per_level} s per level, load average before the start ${load_average_before}.`;
  const output = [BEGIN, when, ...tablesOf(result).map(markdown)].join('\n\n');
  await writeFile(PAGE, `${page.slice(0, begin)}${output}\n\n${page.slice(end)}`);
  await writeFile(PLOT, plot(result));
}
