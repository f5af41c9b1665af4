import {
  actionDigest,
  askDigest,
  DEFAULT_TENANT,
  newId,
  ok,
  readPacket,
  scoreCompleteness,
  type AgentId,
  type HandoffAccepted,
  type HandoffClock,
  type HandoffId,
  type HandoffRouted,
  type Json,
  type Result,
} from '@handoff/contracts';
import { accept } from './accept.js';
import { applyClock } from './apply-clock.js';
import type { Assignment } from './assignment.js';
import { Board } from './board.js';
import type { Duty } from './duty/duty.js';
import { Agents } from './give/agents.js';
import { Load } from './load.js';
import type { PolicyVersion } from './policy.js';

const MOST_STEPS = 60;

/**
 * Who would be asked when, if nobody ever answered: the same choices as the service makes, with nothing sent and nothing kept.
 * @param until where somebody answers then; nothing that is due later is looked at
 */
export function preview(
  version: PolicyVersion,
  dutyAt: (instant: Date) => Duty,
  accepted: HandoffAccepted,
  until: Date | null = null,
): readonly HandoffRouted[] {
  const isOver = ({ decide_by }: HandoffRouted): boolean => until !== null && Date.parse(decide_by) >= until.getTime();
  const boardAt = (now: Date, assignments: readonly Assignment[]): Board =>
    new Board({
      ...{ assignments, held: [], current: version, policyOf: () => version.policy },
      ...{ now, paused: new Set(), duty: dutyAt(now), load: new Load(), rejectionsStand: 0 },
      ...{ agents: new Agents(), agentsTime: { offer: 0, lease: 0 } },
    });
  let board = boardAt(new Date(accepted.accepted_at), []);
  accept(board, accepted);
  const told = board.said.map(({ routed }) => routed);
  for (let last = told.at(-1); last && goesOn(last) && !isOver(last) && told.length < MOST_STEPS; last = told.at(-1)) {
    board = boardAt(new Date(last.decide_by), board.changes());
    applyClock(board, breachOf(last));
    told.push(...board.said.map(({ routed }) => routed));
  }
  return told;
}

/** Once it is held and paged again, it goes on like that. */
const goesOn = ({ event, unattended, cycle }: HandoffRouted): boolean => event === 'asked' && !(unattended && cycle > 1);

function breachOf({ tenant, handoff_id, packet_version, level, cycle, decide_by: due_at, sequence }: HandoffRouted): HandoffClock {
  const clock = { event: 'breached', clock: 'decide_by', share: null, result: null } as const;
  return { tenant, handoff_id, packet_version, sequence, ...clock, level: level.number, cycle, due_at, fired_at: due_at };
}

/** A packet as intake would accept it. */
export function tryPacket(packet: object, acceptedAt: Date): Result<HandoffAccepted> {
  const read = readPacket(packet as Json); // whatever it is, it came as JSON
  if (read.kind === 'faults') return read;
  const { value } = read;
  const accepted: HandoffAccepted = {
    ...{ event: 'accepted', tenant: DEFAULT_TENANT, handoff_id: newId<HandoffId>(), sequence: 1, packet_version: 1 },
    ...{ kind: 'escalation', agent_id: value.agent?.id ?? ('unknown' as AgentId), task_id: value.task_id, packet: value },
    ...{ completeness: scoreCompleteness(value), action_digest: actionDigest(value.recommended_action), ask_digest: askDigest(value) },
    ...{ accepted_at: acceptedAt.toISOString(), withdrawal: null },
  };
  return ok(accepted);
}
