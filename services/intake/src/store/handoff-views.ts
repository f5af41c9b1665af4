import type {
  Account,
  AgentId,
  DecisionId,
  HandoffDecision,
  HandoffFeedback,
  HandoffId,
  Kind,
  LevelRef,
  PacketCompleteness,
  TaskId,
  Urgency,
} from '@handoff/contracts';
import { rows } from '@handoff/store';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  NOTHING_ASKED,
  type AgentsQuestion,
  type AskedOfAgent,
  type SaidOfWork,
  type Turn,
  type HandedBack,
  type Question,
  type AgentsWarning,
  type Recall,
} from '../domain/asked-of-agent.js';
import type { Status } from '../domain/progress.js';
import { spentView, type SpentView } from '../domain/spent-view.js';
import type { CallingAgent } from './agent-keys.js';
import { rfc3339 } from './rfc3339.js';

/** A handoff as its agent reads it, on the wire. */
export interface HandoffView {
  readonly handoff_id: HandoffId;
  readonly task_id: TaskId;
  readonly agent_id: AgentId;
  /** This, urgency, completeness and `accepted_at` are null where what came of it was heard before that it was accepted. */
  readonly kind: Kind | null;
  readonly status: Status;
  readonly sequence: number;
  readonly packet_version: number;
  readonly urgency: Urgency | null;
  readonly accepted_at: string | null;
  readonly ended_at: string | null;
  readonly level: LevelRef | null;
  /** How many people are asked at that level. */
  readonly people: number;
  readonly completeness: PacketCompleteness | null;
  readonly decision: HandoffDecision | null;
  readonly feedback: HandoffFeedback | null;
  readonly requests: readonly RequestView[];
  /** What people want to know before they decide; those without an answer wait for one. */
  readonly questions: readonly Question[];
  readonly recall: Recall | null;
  readonly handed_back: HandedBack | null;
  /** Of a task that is given to an agent: whose it is, by routing's last word. */
  readonly turn?: Turn | null;
  /** What whoever works on it asked people. */
  readonly asks?: readonly AgentsQuestion[];
  /** What those who had it said of how it goes: whoever has it next goes on from there. */
  readonly progress?: readonly SaidOfWork[];
  readonly account?: Account;
  /** Of its budget; left out until an agent tells of it. */
  readonly spent?: SpentView;
  readonly warnings?: readonly AgentsWarning[];
}

export interface RequestView {
  readonly request_id: string;
  readonly type: 'withdraw' | 'add_context';
  readonly state: 'pending' | 'applied' | 'too_late';
  readonly packet_version: number | null;
  /** The decision that was first, where the request came too late. */
  readonly decision_id: DecisionId | null;
  readonly asked_at: string;
  readonly settled_at: string | null;
}

export interface HandoffFilter {
  readonly status: 'open' | 'ended' | null;
  readonly taskId: TaskId | null;
  readonly limit: number;
  /** The number of the last one seen; lists go from the newest back. */
  readonly before: string | null;
}

type ViewRow = Omit<HandoffView, 'requests' | keyof AskedOfAgent> & {
  readonly asked: AskedOfAgent | null;
  readonly number: string;
  readonly act_sequence: number;
  readonly requests: readonly RequestView[] | null;
};

const REQUEST = `jsonb_build_object('request_id', r.request_id, 'type', r.type, 'state', r.state, 'packet_version', r.packet_version,
  'decision_id', r.decision_id, 'asked_at', ${rfc3339('r.asked_at')}, 'settled_at', ${rfc3339('r.settled_at')})`;
const VIEW = `h.number, h.act_sequence, h.handoff_id, h.task_id, h.agent_id, h.kind, h.status, h.sequence, h.packet_version, h.urgency,
  ${rfc3339('h.accepted_at')} AS accepted_at, ${rfc3339('h.ended_at')} AS ended_at, h.progress -> 'routed' -> 'ref' AS level,
  coalesce((h.progress -> 'routed' -> 'people')::int, 0) AS people, h.completeness, h.decision, h.feedback,
  h.progress -> 'asked' AS asked,
  (SELECT jsonb_agg(view ORDER BY asked_at DESC) FROM (SELECT ${REQUEST} AS view, r.asked_at FROM requests r
    WHERE r.handoff_id = h.handoff_id ORDER BY r.asked_at DESC LIMIT 20) AS newest) AS requests`;

/** What it was offered, unless it is another's by now. */
const OFFERED = `EXISTS (SELECT FROM offers o WHERE o.handoff_id = h.handoff_id AND o.tenant = $2 AND o.agent_id = $3 AND o.state <> 'lapsed')`;

/** Each has an index of its own, in the order of the list. Of a delegation `agent_id` is whoever it is given to. */
const OWN = [`agent_id = $2 AND kind <> 'delegation'`, 'given_by = $2'] as const;

/** Every question names the calling agent: another's handoff is not there. */
@Injectable()
export class HandoffViews {
  constructor(@Inject(DataSource) private readonly source: DataSource) {}

  async find(agent: CallingAgent, handoffId: HandoffId): Promise<{ readonly view: HandoffView; readonly actSequence: number } | null> {
    const [row] = await rows<ViewRow>(
      this.source.manager,
      `SELECT ${VIEW} FROM handoffs h WHERE h.handoff_id = $1 AND h.tenant = $2 AND (h.agent_id = $3 OR h.given_by = $3 OR ${OFFERED})`,
      [handoffId, agent.tenant, agent.agentId],
    );
    return row ? { view: viewOf(row), actSequence: row.act_sequence } : null;
  }

  /** What it asked, passed on or gave; what it was given is among its assignments. */
  async list(agent: CallingAgent, { status, taskId, limit, before }: HandoffFilter) {
    const open = status === null ? '' : `AND ended_at IS ${status === 'open' ? '' : 'NOT '}NULL`;
    const newest = (whose: string): string => `(SELECT handoff_id FROM handoffs
      WHERE tenant = $1 AND ${whose} AND ($3::text IS NULL OR task_id = $3) AND ($4::bigint IS NULL OR number < $4) ${open}
      ORDER BY number DESC LIMIT $5)`;
    const found = await rows<ViewRow>(
      this.source.manager,
      `SELECT ${VIEW} FROM handoffs h WHERE h.handoff_id IN (${OWN.map(newest).join(' UNION ALL ')}) ORDER BY h.number DESC LIMIT $5`,
      [agent.tenant, agent.agentId, taskId, before, limit + 1],
    );
    const page = found.slice(0, limit);
    return { handoffs: page.map(viewOf), next: found.length > limit ? (page.at(-1)?.number ?? null) : null };
  }

  async request(agent: CallingAgent, handoffId: HandoffId, requestId: string): Promise<RequestView | null> {
    const [row] = await rows<{ view: RequestView }>(
      this.source.manager,
      `SELECT ${REQUEST} AS view FROM requests r JOIN handoffs h ON h.handoff_id = r.handoff_id
       WHERE r.request_id = $1 AND r.handoff_id = $2 AND h.tenant = $3 AND (h.agent_id = $4 OR h.given_by = $4)`,
      [requestId, handoffId, agent.tenant, agent.agentId],
    );
    return row?.view ?? null;
  }
}

function viewOf({ number: _, act_sequence: __, requests, asked, ...view }: ViewRow): HandoffView {
  const { spent, ...rest } = asked ?? NOTHING_ASKED;
  return { ...view, requests: requests ?? [], ...rest, ...(spent ? { spent: spentView(spent) } : {}) };
}
