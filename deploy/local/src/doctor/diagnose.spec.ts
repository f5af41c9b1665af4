import { describe, expect, it } from '@jest/globals';
import { diagnose, isAllUnseen, unseenIn } from './diagnose.js';
import { aKafka, aProcess, seen, unseen, whatIsSeen } from './seen.for-spec.js';

describe('the doctor', () => {
  it('finds nothing where nothing is wrong', () => {
    expect(diagnose(whatIsSeen())).toEqual([]);
    expect(unseenIn(whatIsSeen())).toEqual([]);
  });

  it('says the worst first, whichever check it is of', () => {
    const found = diagnose(
      whatIsSeen({ kafka: seen(aKafka({ createsTopics: true })), processes: [aProcess('intake', { live: unseen() })] }),
    );
    expect(found.map(({ severity, check }) => [severity, check])).toEqual([
      ['page', 'services'],
      ['ticket', 'broker'],
    ]);
  });

  it('says what it could not look at, and when that is everything', () => {
    const dark = whatIsSeen({ processes: [aProcess('intake', { live: unseen() })], kafka: unseen(), postgres: null, deadLetters: null });
    expect(unseenIn(dark)).toEqual([
      'intake at http://intake',
      'kafka',
      'postgres (DATABASE_URL is not set)',
      'dead letters in detail, agents, policy (SERVICE_TOKEN_SECRET is not set)',
    ]);
    expect(isAllUnseen(dark)).toBe(true);
    expect(isAllUnseen(whatIsSeen())).toBe(false);
  });
});
