import { describe, expect, it } from '@jest/globals';
import { QueryRunnerAlreadyReleasedError } from 'typeorm';
import { isConnectionFault, isRollback } from './data-source.js';

const withCode = (code: string) => Object.assign(new Error('it failed'), { code });

describe('what an error of the database says', () => {
  it.each(['ECONNREFUSED', '08006', '25006', '40P01', '53300', '55P03', '57P01'])('%s says nothing about the message', (code) => {
    expect(isConnectionFault(withCode(code))).toBe(true);
    expect(isConnectionFault(Object.assign(new Error('wrapped'), { driverError: withCode(code) }))).toBe(true);
  });

  it.each(['22P02', '23505', '42703'])('%s is the message’s, or ours', (code) => {
    expect(isConnectionFault(withCode(code))).toBe(false);
  });

  it('a connection that was lost between two statements says nothing about the message', () => {
    expect(isConnectionFault(new QueryRunnerAlreadyReleasedError())).toBe(true);
  });

  it('a deadlock may be begun again at once', () => {
    expect(isRollback(withCode('40P01'))).toBe(true);
    expect(isRollback(withCode('57P01'))).toBe(false);
  });
});
