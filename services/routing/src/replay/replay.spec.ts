import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Policy } from '../domain/policy.js';
import { parsePolicy } from '../policy-file/parse-policy.js';
import { readCases } from './read-cases.js';
import { replayLog } from './replay-log.js';
import { replayReport } from './replay-report.js';

const ROOT = new URL('../../../../', import.meta.url);
const BY_HAND = new URL('services/routing/src/replay/by-hand.jsonl', ROOT).pathname;
/** Public logs. They are read where they lie, beside the checkout, and are no part of the repository. */
const realLog = (name: string): string => new URL(`../shared/data/incidents_${name}_dev.jsonl.gz`, ROOT).pathname;

/** The one that is shipped: 15 minutes, or four hours of 08:00 to 17:00 in Stockholm on Monday to Friday. */
function shipped(): Policy {
  const parsed = parsePolicy(readFileSync(new URL('deploy/local/replay.yaml', ROOT), 'utf8'), {});
  if (parsed.kind === 'faults') throw new Error(parsed.faults.map(({ message }) => message).join('\n'));
  return parsed.value;
}

describe('a replay of a log that was written by hand', () => {
  const figures = replayLog(BY_HAND, shipped());
  const at = async (line: number, sla: string) => (await figures).lines.find((it) => it.line === line && it.sla === sla);

  it('counts each time a case lay before somebody, and leaves out what the log does not see the end of', async () => {
    expect(await figures).toMatchObject({ cases: 5, asks: 7, unknown: 1 });
  });

  it('finds in time what was taken up within the window of its class, and at once what was taken up as it came', async () => {
    expect(await at(1, 'critical')).toMatchObject({ asks: 1, at_once: 0, in_time: 1, breaches_caught: 0 });
    expect(await at(2, 'critical')).toMatchObject({ asks: 1, at_once: 1, in_time: 1, breaches_caught: 0 });
  });

  it('asks the next line when the window is over, in working time', async () => {
    // Monday 11:00 and four hours are 15:00; the third line then has until Tuesday 10:00, which is when the second acted: 19 hours.
    expect(await at(2, 'normal')).toMatchObject({ asks: 1, breaches_caught: 1, moves: 1, minutes_earlier: { p50: 1140, p90: 1140 } });
    // 08:00 and four hours are 12:00, an hour before somebody did.
    expect(await at(1, 'normal')).toMatchObject({
      asks: 2,
      in_time: 1,
      breaches_caught: 1,
      moves: 1,
      minutes_earlier: { p50: 60, p90: 60 },
    });
  });

  it('blames nobody who was not on duty', async () => {
    expect(await at(3, 'critical')).toMatchObject({ asks: 1, in_time: 0, unattended: 1, breaches_caught: 0, minutes_earlier: null });
  });

  it('says who was asked, by the shifts of the policy', async () => {
    expect((await figures).levels).toEqual([
      { level: 'First line', first: 3, after_a_breach: 0, again: 0, nobody: 0, people: { 'first-day': 3 } },
      expect.objectContaining({ level: 'Second line', first: 2, after_a_breach: 1, again: 0, nobody: 0 }),
      expect.objectContaining({ level: 'Third line', first: 1, after_a_breach: 1, again: 0, nobody: 2 }),
    ]);
  });

  it('holds it against what the log itself says went wrong', async () => {
    // Of the one that was pushed up, nothing was late before its push; the other missed its SLA 22 hours after it would have been moved.
    expect((await figures).went_wrong).toEqual({ cases: 2, caught_before: 1, minutes_earlier: { p50: 1320, p90: 1320 } });
  });

  it('is told as a page that says what is supposed', async () => {
    const policy = { id: 'replay', sla: { critical: 900, normal: 14_400 }, calendar: 'office' };
    const page = replayReport({ policy, logs: [await figures] });
    expect(page).toContain('5 cases, 7 waits, of which the log does not see the end of 1.');
    expect(page).toMatch(/\| 2 +\| normal +\| 1 +\| 0 +\| 0 +\| 0 +\| 1 +\| 1 +\| 1140 \/ 1140 +\|/);
    expect(page).toContain('## What is observed, and what is supposed');
  });
});

describe('a log that is none', () => {
  it('is refused with the file and the line', async () => {
    const first = readCases(new URL('deploy/local/replay.yaml', ROOT).pathname, 'UTC').next();
    await expect(first).rejects.toThrow('replay.yaml, line 1 is no case of an incident log');
  });
});

const withLogs = existsSync(realLog('bpic13')) && existsSync(realLog('uci')) ? describe : describe.skip;
withLogs('the real logs (skipped where ../shared/data is not beside the repository)', () => {
  it.each([
    ['bpic13', 4526, 1350], // as their README counts them
    ['uci', 14_885, 5457],
  ])('are read whole: %s', async (name, cases, wentWrong) => {
    const counted = { cases: 0, wentWrong: 0 };
    for await (const { asks, wrongAt } of readCases(realLog(name), 'Europe/Stockholm')) {
      counted.cases++;
      if (wrongAt !== null) counted.wentWrong++;
      expect(asks.every(({ askedAt, actedAt }) => actedAt === null || actedAt >= askedAt)).toBe(true);
    }
    expect(counted).toEqual({ cases, wentWrong });
  });

  it('are replayed with every wait counted once', async () => {
    const { asks, unknown, lines } = await replayLog(realLog('bpic13'), shipped());
    const told = lines.map(({ in_time, unattended, breaches_caught }) => in_time + unattended + breaches_caught);
    expect(unknown + told.reduce((sum, it) => sum + it, 0)).toBe(asks);
    expect(lines.every(({ moves, breaches_caught }) => moves >= breaches_caught && breaches_caught > 0)).toBe(true);
  }, 120_000);
});
