import { describe, expect, it } from '@jest/globals';
import { Alarm } from './alarm.js';

const FOR_EVER = 2 ** 31 - 1;

describe('an alarm', () => {
  it('ends a sleep when it rings', async () => {
    const alarm = new Alarm();
    const asleep = alarm.sleep(FOR_EVER);
    alarm.ring();
    await expect(asleep).resolves.toBeUndefined();
  });

  it('ends the next sleep at once when it rang while nobody slept', async () => {
    const alarm = new Alarm();
    alarm.ring();
    await expect(alarm.sleep(FOR_EVER)).resolves.toBeUndefined();
  });

  it('rings for one sleep only', async () => {
    const alarm = new Alarm();
    alarm.ring();
    await alarm.sleep(FOR_EVER);
    const second = alarm.sleep(FOR_EVER).then(() => 'awake');
    expect(await Promise.race([second, Promise.resolve('asleep')])).toBe('asleep');
    alarm.ring();
    expect(await second).toBe('awake');
  });

  it('wakes by itself, at once where the instant is past', async () => {
    await expect(new Alarm().sleep(-5)).resolves.toBeUndefined();
  });
});
