import { describe, expect, it } from '@jest/globals';
import { changeDetails } from './change-details.js';

const answered = (status: number, body: object) => ({ kind: 'answered', status, body: Buffer.from(JSON.stringify(body)) }) as const;

describe('what is kept of a change that another service was asked for', () => {
  const asked = { text: 'policy: {}', based_on: 3 };

  it('is what is named, of the request and of the answer, and that it was done', () => {
    expect(changeDetails(['based_on', 'version'], asked, answered(201, { version: 4, warnings: [] }))).toEqual({
      based_on: 3,
      version: 4,
      result: 'done',
      code: null,
    });
  });

  it.each([
    [answered(409, { code: 'changed_meanwhile' }), 'refused', 'changed_meanwhile'],
    [answered(503, { code: 'unavailable' }), 'unknown', 'unavailable'],
    [{ kind: 'answered', status: 502, body: Buffer.from('<html>') } as const, 'unknown', null],
    [{ kind: 'lost' } as const, 'unknown', null],
    [{ kind: 'not-reached' } as const, 'not_reached', null],
  ])('says what came of it', (outcome, result, code) => {
    expect(changeDetails(['version'], asked, outcome)).toEqual({ version: null, result, code });
  });
});
