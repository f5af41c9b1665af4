import { describe, expect, it } from '@jest/globals';
import { isRefusal, ProblemError } from './problem-error.js';

const problem = (status: number) => new ProblemError({ title: '', status, detail: '', code: 'unnamed' });

describe('isRefusal', () => {
  it('knows a no of the server, after which nothing was done', () => {
    for (const status of [403, 409, 422]) expect(isRefusal(problem(status))).toBe(true);
  });

  it('does not take a server or a proxy in trouble for a no: the answer may have been recorded', () => {
    for (const error of [problem(500), problem(502), problem(504), new TypeError('Failed to fetch')]) expect(isRefusal(error)).toBe(false);
  });
});
