import { days } from '../units.js';
import { defineInboundTopic } from './define-topic.js';

export const handoffEscalations = defineInboundTopic({
  topic: 'handoff.escalations',
  key: 'task_id',
  retention: days(7),
  writtenBy: ['agents', 'feedback'],
  about:
    'An agent asks a person: a packet, with or without CloudEvents headers. Audits of what agents did alone come as agent `handoff-audit`.',
});

export const handoffDelegations = defineInboundTopic({
  topic: 'handoff.delegations',
  key: 'task_id',
  retention: days(7),
  writtenBy: ["people's systems", 'agents'],
  about: 'An agent is given a task: goal, criteria, constraints, context; with or without CloudEvents headers.',
});

export const handoffTransfers = defineInboundTopic({
  topic: 'handoff.transfers',
  key: 'task_id',
  retention: days(7),
  about: 'An agent passes its work on to an agent: goal, results, state, what remains, decisions; with or without CloudEvents headers.',
});

export const handoffReplies = defineInboundTopic({
  topic: 'handoff.replies',
  key: 'task_id',
  retention: days(7),
  about:
    'An agent withdraws what it asked, adds context to it, or replies to a question or a recall; takes or refuses a task, tells how it goes, asks, delivers.',
});

export const handoffOutcomes = defineInboundTopic({
  topic: 'handoff.outcomes',
  key: 'task_id',
  retention: days(7),
  writtenBy: ['agents', 'downstream systems'],
  about: 'How a task ended, by its agent or a downstream system, whether a person was asked or not; with or without CloudEvents headers.',
});
