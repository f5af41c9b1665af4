import type { Seconds } from '@handoff/contracts';
import { arm, disarm } from './arm-clocks.js';
import { say } from './say.js';
import { later, silently, type ArmedClock, type Change, type Moment, type Watch } from './watch.js';

/**
 * The level's windows wait for the agent's answer, once. They are put off by the longest wait at once, so that a clock is armed all the
 * time; what of it was not needed is taken back with the answer.
 */
export function pause(watch: Watch, { now, info }: Moment): Change {
  const { level, breached_at, decide_by, paused_level } = watch.handoff;
  if (breached_at || !decide_by || paused_level === level) return silently(watch);
  const put = arm(shift(watch, info), 'info_by', later(now, info));
  const paused: Watch = { ...put, handoff: { ...put.handoff, paused_level: level } };
  const until = infoClock(paused);
  return until ? say(silently(paused), until, 'paused') : silently(paused);
}

/** The windows run again: the answer is there, or was waited for long enough. */
export function resume(watch: Watch, { now }: Pick<Moment, 'now'>): Change {
  const until = infoClock(watch);
  if (!until) return silently(watch);
  const unused = Math.max(0, (until.due_at.getTime() - now.getTime()) / 1000);
  const resumed = shift(disarm(watch, 'info_by'), -unused);
  const windows = { clock: until.clock, due_at: resumed.handoff.decide_by ?? until.due_at };
  return say(silently(resumed), until, 'resumed', windows);
}

const infoClock = ({ clocks }: Watch): ArmedClock | undefined => clocks.find(({ clock }) => clock === 'info_by');

function shift(watch: Watch, by: Seconds): Watch {
  const { decide_by } = watch.handoff;
  const clocks = watch.clocks.map((it) =>
    it.clock === 'ack_by' || it.clock === 'decide_by' ? { ...it, due_at: later(it.due_at, by) } : it,
  );
  return { clocks, handoff: { ...watch.handoff, decide_by: decide_by && later(decide_by, by) } };
}
