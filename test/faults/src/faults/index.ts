import { backlog } from './backlog.js';
import { badNetworks } from './bad-network.js';
import { backendsTerminated, postgresReadOnly, postgresRestarted } from './postgres-away.js';
import { brokerAbsentAtStart, brokerAway, brokerStopped } from './broker-away.js';
import { databaseClock, nodeClocks } from './clocks.js';
import { clocksDue } from './clocks-due.js';
import type { Fault } from './fault.js';
import { kill } from './kill.js';
import { killPoints, killPointsMixed } from './kill-points.js';
import { membersComeAndGo } from './members.js';
import { poison } from './poison.js';
import { policyChanged } from './policy-changed.js';
import { races } from './races.js';
import { repeats } from './repeats.js';
import { restored } from './restored.js';
import { rollingRestart } from './rolling-restart.js';
import { scheduleGap } from './schedule-gap.js';
import { slowHandler } from './slow-handler.js';
import { topicRecreated } from './topic-recreated.js';

/** In the order in which they are injected. */
export const FAULTS: readonly Fault[] = [
  races,
  poison,
  repeats,
  kill,
  killPointsMixed,
  ...killPoints,
  clocksDue,
  policyChanged,
  scheduleGap,
  rollingRestart,
  brokerAway,
  brokerStopped,
  brokerAbsentAtStart,
  postgresRestarted,
  backendsTerminated,
  postgresReadOnly,
  ...badNetworks,
  membersComeAndGo,
  slowHandler,
  backlog,
  ...restored,
  topicRecreated,
  nodeClocks,
  databaseClock,
];
