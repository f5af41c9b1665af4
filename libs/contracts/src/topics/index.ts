import { handoffDelegations, handoffEscalations, handoffOutcomes, handoffReplies, handoffTransfers } from './agents.js';
import type { Topic } from './define-topic.js';
import { handoffAccepted } from './handoff-accepted.js';
import { handoffAgents } from './handoff-agents.js';
import { handoffAssignments } from './handoff-assignments.js';
import { handoffClock } from './handoff-clock.js';
import { handoffControls } from './handoff-controls.js';
import { handoffDecisions } from './handoff-decisions.js';
import { handoffDirectory } from './handoff-directory.js';
import { handoffFeedback } from './handoff-feedback.js';
import { handoffMoves } from './handoff-moves.js';
import { handoffNotified } from './handoff-notified.js';
import { handoffRejected } from './handoff-rejected.js';
import { handoffReplied } from './handoff-replied.js';
import { handoffRouted } from './handoff-routed.js';

/** Every topic, in the order a handoff meets them. */
export const TOPICS = [
  handoffEscalations,
  handoffDelegations,
  handoffTransfers,
  handoffReplies,
  handoffAccepted,
  handoffRejected,
  handoffDirectory,
  handoffControls,
  handoffAgents,
  handoffRouted,
  handoffClock,
  handoffNotified,
  handoffMoves,
  handoffAssignments,
  handoffReplied,
  handoffDecisions,
  handoffOutcomes,
  handoffFeedback,
] as unknown as readonly Topic[]; // a topic of one payload is not a topic of `object`: the key's type differs
