import { describe, expect, it } from '@jest/globals';
import { aPostgres, seen, whatIsSeen, withMetrics } from '../seen.for-spec.js';
import { channels } from './channels.js';

const judge = (lastError: string, delivered = 0) =>
  channels.judge(whatIsSeen({ postgres: seen(aPostgres({ failures: [{ channel: 'slack', failed: 7, delivered, lastError }] })) }));

describe('channels', () => {
  it('page where nothing gets through, with the last reason', () => {
    expect(judge('The receiver answered 503.')).toMatchObject([
      { severity: 'page', part: 'channel slack', figures: { failed: 7, delivered: 0 }, saw: expect.stringContaining('answered 503.') },
    ]);
  });

  it('are a ticket where others get through', () => {
    expect(judge('has no address', 12)).toMatchObject([{ severity: 'ticket' }]);
  });

  it.each(['Slack said invalid_auth', 'The receiver answered 401', '535 Authentication failed'])(
    'name the token where it is that: %s',
    (error) => {
      expect(judge(error)).toMatchObject([{ whatToDo: expect.stringContaining('token of slack') }]);
    },
  );

  it('are judged by what failed just now where the database is not seen', () => {
    const attempts = (refused: number) => `handoff_notification_attempts_total{channel="ntfy",result="refused"} ${refused}`;
    const judged = (before: number, later: number) =>
      channels.judge(whatIsSeen({ ...withMetrics('notifier', attempts(later), attempts(before)), postgres: null }));
    expect(judged(9, 9)).toEqual([]);
    expect(judged(9, 11)).toMatchObject([{ part: 'channel ntfy', figures: { failed: 2, delivered: 0 } }]);
  });
});
