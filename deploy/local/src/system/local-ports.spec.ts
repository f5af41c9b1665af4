import { describe, expect, it } from '@jest/globals';
import { fixedPorts, givenPorts, PORT_SETTINGS } from './local-ports.js';

describe('the ports of npm start', () => {
  it('are the same each time, and no two are alike', () => {
    const ports = Object.values(fixedPorts({}));
    expect(new Set(ports).size).toBe(Object.keys(PORT_SETTINGS).length);
  });

  it('can each be set', () => {
    expect(fixedPorts({ HANDOFF_DESK_PORT: '8080', HANDOFF_KAFKA_PORT: '' })).toMatchObject({ notifier: 8080, kafka: 4192 });
  });

  it('are free ones for a run that nobody looks into, but for those that are set', () => {
    expect(givenPorts({ HANDOFF_DESK_PORT: '8080' })).toEqual({ notifier: 8080 });
  });

  it('refuse what is no port', () => {
    expect(() => fixedPorts({ HANDOFF_DESK_PORT: '80800' })).toThrow('HANDOFF_DESK_PORT is "80800"; it must be a port');
  });
});
