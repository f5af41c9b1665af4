import type { Check } from './check.js';
import { agents } from './checks/agents.js';
import { audits } from './checks/audits.js';
import { broker } from './checks/broker.js';
import { canary } from './checks/canary.js';
import { channels } from './checks/channels.js';
import { clockSkew } from './checks/clock-skew.js';
import { clocks } from './checks/clocks.js';
import { consumers } from './checks/consumers.js';
import { database } from './checks/database.js';
import { deadLetters } from './checks/dead-letters.js';
import { disk } from './checks/disk.js';
import { model } from './checks/model.js';
import { outbox } from './checks/outbox.js';
import { policy } from './checks/policy.js';
import { schemas } from './checks/schemas.js';
import { services } from './checks/services.js';
import { topics } from './checks/topics.js';
import { unattended } from './checks/unattended.js';
import { versions } from './checks/versions.js';

/** In the order in which one thing causes another: of equally bad findings, the first is where to begin. */
export const CHECKS: readonly Check[] = [
  disk,
  broker,
  database,
  services,
  topics,
  schemas,
  versions,
  clockSkew,
  consumers,
  outbox,
  audits,
  clocks,
  deadLetters,
  channels,
  policy,
  unattended,
  model,
  agents,
  canary,
];
