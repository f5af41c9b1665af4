import { describe, expect, it } from '@jest/globals';
import { readSettings } from './settings.js';

const ENV = { HANDOFF_URL: 'https://handoff.example', HANDOFF_KEY: 'hk_a' };

describe('the settings', () => {
  it('are the same patience whichever way a model comes in', () => {
    const env = { ...ENV, HANDOFF_PATIENCE_SECONDS: '20' };
    const door = { url: 'https://handoff.example', patience: 20 };
    expect(readSettings([], env)).toEqual({ kind: 'stdio', door: { ...door, key: 'hk_a' } });
    expect(readSettings(['--http', '4140'], env)).toEqual({ kind: 'http', door, host: '127.0.0.1', port: 4140 });
    expect(readSettings([], ENV)).toMatchObject({ door: { patience: 15 } });
    expect(readSettings(['--http', '4140'], ENV)).toMatchObject({ door: { patience: 15 } });
  });

  it('name everything that is wrong at once', () => {
    const env = { HANDOFF_URL: 'handoff.example', HANDOFF_KEY: 'hk_…', HANDOFF_PATIENCE_SECONDS: 'soon' };
    expect(readSettings([], env)).toEqual({
      kind: 'wrong',
      faults: [
        expect.stringContaining('HANDOFF_URL'),
        expect.stringContaining('HANDOFF_PATIENCE_SECONDS'),
        expect.stringContaining('HANDOFF_KEY'),
      ],
    });
  });

  it.each([
    [[], { HANDOFF_URL: ENV.HANDOFF_URL }, 'HANDOFF_KEY'],
    [['--http', 'here'], ENV, '--http'],
    [['--https'], ENV, '--https'],
  ])('stop the start with %j', (args, env, named) => {
    expect(readSettings(args, env)).toEqual({ kind: 'wrong', faults: [expect.stringContaining(named)] });
  });

  it('may be asked for', () => {
    expect(readSettings(['--help'], {})).toEqual({ kind: 'help' });
  });
});
