import { describe, expect, it } from '@jest/globals';
import { aPostgres, aProcess, seen, unseen, whatIsSeen } from '../seen.for-spec.js';
import { database } from './database.js';

const healthy = { ok: true, reasons: [], aheadSeconds: 0 };

describe('the database', () => {
  it('is well where it is quick and takes writes, and where nobody gave its address', () => {
    expect(database.judge(whatIsSeen())).toEqual([]);
    expect(database.judge(whatIsSeen({ postgres: null }))).toEqual([]);
  });

  it.each([
    ['does not answer', unseen('connect ECONNREFUSED'), 'connect ECONNREFUSED'],
    ['takes no writes', seen(aPostgres({ isReadOnly: true })), 'takes no writes'],
    ['is slow', seen(aPostgres({ roundTripMs: 220, connectMs: 900 })), 'takes 220 ms, and connecting 900 ms'],
    ['has hardly a connection left', seen(aPostgres({ connections: 95 })), '95 of 100 connections'],
  ])('is a finding where it %s', (_, postgres, saw) => {
    expect(database.judge(whatIsSeen({ postgres }))).toMatchObject([{ part: 'postgres', saw: expect.stringContaining(saw) }]);
  });

  it('is slow for a process that answers much later where it asks Postgres than where it does not', () => {
    const processes = [aProcess('routing', { live: seen(healthy, 4), ready: seen(healthy, 504) })];
    expect(database.judge(whatIsSeen({ processes }))).toMatchObject([
      { part: 'routing at http://routing', figures: { milliseconds: 500 } },
    ]);
  });
});
