import { setTimeout as sleep } from 'node:timers/promises';

const JITTER_MS = 5;

/** How many races a test runs: a sample in `npm test`, and with RACES=500 as many as it takes to meet a narrow window. */
export const racesToRun = (sample: number): number => Number(process.env['RACES'] ?? sample);

/** Lets each side begin within a few milliseconds of the others, so that over many races every order happens. */
export async function race<Sides extends readonly (() => Promise<unknown>)[] | []>(
  sides: Sides,
): Promise<{ -readonly [Side in keyof Sides]: Awaited<ReturnType<Sides[Side]>> }> {
  const outcomes = sides.map(async (side) => (await sleep(Math.random() * JITTER_MS), side()));
  return (await Promise.all(outcomes)) as { -readonly [Side in keyof Sides]: Awaited<ReturnType<Sides[Side]>> }; // in their order
}
