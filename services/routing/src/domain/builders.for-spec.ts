import {
  actionDigest,
  askDigest,
  controlId,
  DEFAULT_TENANT,
  deriveId,
  hours,
  readPacket,
  scoreCompleteness,
  type AgentId,
  type HandoffAccepted,
  type HandoffClock,
  type HandoffDecision,
  type HandoffId,
  type HandoffRouted,
  type JsonObject,
} from '@handoff/contracts';
import { parsePolicy } from '../policy-file/parse-policy.js';
import { Board } from './board.js';
import { everybodyOnDuty } from './duty/duty.js';
import { Agents, type AgentStanding } from './give/agents.js';
import { Load } from './load.js';
import type { Policy } from './policy.js';

export const NOW = new Date('2026-03-01T12:00:00.000Z');
export const at = (seconds: number): string => new Date(NOW.getTime() + seconds * 1000).toISOString();
export const idOf = (name: string): HandoffId => deriveId<HandoffId>(name);

/** One that is heard of and has nothing to do yet. */
export const anAgent = (agentId: string, over: Partial<AgentStanding> = {}): AgentStanding => ({
  tenant: DEFAULT_TENANT,
  agentId: agentId as AgentId,
  capabilities: [],
  mostAtOnce: 2,
  aliveUntil: new Date(NOW.getTime() + 60_000),
  isRevoked: false,
  schemas: null,
  version: null,
  has: 0,
  ...over,
});

/** Levels by the names of their teams; `nobody` has no members. */
export function aPolicy(teams: readonly string[] = ['support', 'leads', 'managers'], over: object = {}): Policy {
  const parsed = parsePolicy(
    JSON.stringify({
      policy: { id: 'test', name: 'Test' },
      people: ['ana', 'ben', 'chloe'].map((id) => ({ id, name: id, roles: ['responder'], addresses: [] })),
      teams: [
        { id: 'support', name: 'Support', members: ['ana', 'ben'] },
        { id: 'leads', name: 'Leads', members: ['ben'] },
        { id: 'managers', name: 'Managers', members: ['chloe'] },
        { id: 'nobody', name: 'Nobody', members: [] },
      ],
      rules: [{ id: 'default', match: {}, levels: teams.map((team) => ({ name: `Level of ${team}`, target: { team } })) }],
      ...over,
    }),
    {},
  );
  if (parsed.kind === 'faults') throw new Error(JSON.stringify(parsed.faults));
  return parsed.value;
}

export function aBoard(
  policy: Policy = aPolicy(),
  before: Board | null = null,
  now: Date = NOW,
  paused: readonly string[] = [],
  load = new Load(),
  agents = new Agents(),
  alsoPaused: readonly string[] = [],
): Board {
  const rejectionsStand = hours(24);
  return new Board({
    assignments: before?.changes() ?? [],
    held: [],
    current: { version: 1, policy },
    policyOf: () => policy,
    duty: everybodyOnDuty([policy]),
    load,
    agents,
    agentsTime: { offer: 60, lease: 600 },
    now,
    paused: new Set([...paused.map((team) => controlId(DEFAULT_TENANT, 'team', team)), ...alsoPaused]),
    rejectionsStand,
  });
}

export function anAccepted(name: string, packet: JsonObject = {}, over: Partial<HandoffAccepted> = {}): HandoffAccepted {
  const read = readPacket({
    task_id: 'task-1',
    original_request: 'Refund order 4711.',
    steps_completed: [],
    current_state: 'Waiting.',
    reason_for_escalation: 'Above my limit.',
    recommended_action: { kind: 'tool_call', name: 'refund', args: { order: '4711' } },
    urgency: 'high',
    data_links: [],
    ...packet,
  });
  if (read.kind === 'faults') throw new Error(JSON.stringify(read.faults));
  return {
    event: 'accepted',
    tenant: DEFAULT_TENANT,
    handoff_id: idOf(name),
    sequence: 1,
    packet_version: 1,
    kind: 'escalation',
    agent_id: 'refunds' as AgentId,
    task_id: read.value.task_id,
    packet: read.value,
    completeness: scoreCompleteness(read.value),
    action_digest: actionDigest(read.value.recommended_action),
    ask_digest: askDigest(read.value),
    accepted_at: at(0),
    withdrawal: null,
    ...over,
  };
}

export function aBreach(name: string, level: number, cycle = 1, over: Partial<HandoffClock> = {}): HandoffClock {
  return {
    tenant: DEFAULT_TENANT,
    handoff_id: idOf(name),
    sequence: level * 100 + cycle,
    packet_version: 1,
    event: 'breached',
    clock: 'decide_by',
    ...{ level, cycle, due_at: at(900), fired_at: at(900), share: null, result: null },
    ...over,
  };
}

export function aDecision({ handoff_id, task_id, agent_id, packet }: HandoffAccepted, type: HandoffDecision['type']): HandoffDecision {
  return {
    ...{
      tenant: DEFAULT_TENANT,
      handoff_id,
      task_id,
      agent_id,
      sequence: 1,
      packet_version: 1,
      decision_id: deriveId('decision', handoff_id),
    },
    ...{ kind: 'escalation', type, action: null, action_digest: null, message: null, decided_by: [], decided_at: at(60) },
    ...{ urgency: packet.urgency, sla: null, asking_was: null, resume: null, repeats: null, duplicate_of: null },
  };
}

export const eventsOf = (board: Board, name?: string): readonly HandoffRouted[] =>
  board.said.map(({ routed }) => routed).filter(({ handoff_id }) => name === undefined || handoff_id === idOf(name));
