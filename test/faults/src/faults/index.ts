import { backendsTerminated, postgresReadOnly, postgresRestarted } from './postgres-away.js';
import { brokerAbsentAtStart, brokerAway, brokerStopped } from './broker-away.js';
import type { Fault } from './fault.js';
import { kill } from './kill.js';
import { killPoints, killPointsMixed } from './kill-points.js';
import { poison } from './poison.js';
import { races } from './races.js';
import { repeats } from './repeats.js';
import { rollingRestart } from './rolling-restart.js';

/** In the order in which they are injected. */
export const FAULTS: readonly Fault[] = [
  races,
  poison,
  repeats,
  kill,
  killPointsMixed,
  ...killPoints,
  rollingRestart,
  brokerAway,
  brokerStopped,
  brokerAbsentAtStart,
  postgresRestarted,
  backendsTerminated,
  postgresReadOnly,
];
