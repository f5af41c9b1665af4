import { markdownTable } from 'markdown-table';
import { seededRandom, shuffled } from '../model/random.js';
import { stream, type Running, type StreamAsked } from '../model/stream.js';
import { casesFrom, type CaseSource } from './cases-from.js';

interface Asked extends StreamAsked {
  readonly from: CaseSource;
  /** In an order drawn by the seed, and not in which they stand or came. */
  readonly isShuffled: boolean;
  readonly isJson: boolean;
}

const LINES = 12;

/** The cost of asking as the model learns from what was asked, and at the end beside asking always and never. */
export async function streamCommand(asked: Asked, { print }: { readonly print: (line: string) => void }): Promise<number> {
  const cases = (await casesFrom(asked.from)).filter(({ truths, isHearsay = false }) => truths.fails_alone !== null && !isHearsay);
  const order = asked.isShuffled ? shuffled(cases, seededRandom(asked.seed)) : cases;
  const every = Math.max(1, Math.ceil(cases.length / LINES));
  const seen: Running[] = [];
  for (const running of stream(order, asked)) if (running.cases % every === 0 || running.cases === cases.length) seen.push(running);
  const fails = cases.filter(({ truths }) => truths.fails_alone === true).length;
  const always = asked.look;
  const never = (fails / cases.length) * asked.failure;
  print(asked.isJson ? JSON.stringify({ ...seen.at(-1), always, never }) : tableOf(seen, always, never));
  return 0;
}

const tableOf = (seen: readonly Running[], always: number, never: number): string =>
  `${markdownTable([
    ['cases', 'asked', 'audited', 'failed alone', 'cost per case'],
    ...seen.map((it) => [it.cases, it.asked, it.audited, it.failed, it.cost.toFixed(4)].map(String)),
  ])}\nAsking always costs ${always.toFixed(4)} per case, asking never ${never.toFixed(4)}.`;
