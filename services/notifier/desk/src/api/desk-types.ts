import type {
  AgentId,
  AskingVerdict,
  DecisionType,
  EndType,
  HandoffDecision,
  HandoffId,
  JsonObject,
  Kind,
  Move,
  Packet,
  PacketCompleteness,
  PersonId,
  PolicyRef,
  ReasonCode,
  Role,
  SlaClass,
  TaskId,
  TeamId,
  TenantId,
  Urgency,
} from '@handoff/contracts';

/** What the notifier answers under /desk/v1, field for field. Instants are RFC 3339 in UTC. */
export interface Me {
  readonly subject: PersonId;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly teams: readonly TeamId[];
  readonly tenant: TenantId;
}

export interface DeskLevel {
  readonly number: number;
  readonly name: string;
  readonly of: number;
}

export interface DeskEnd {
  readonly type: DecisionType | EndType;
  readonly decided_by: readonly string[];
  readonly decided_at: string;
}

export interface DeskSummary {
  readonly handoff_id: HandoffId;
  readonly tenant: TenantId;
  readonly task_id: TaskId;
  readonly agent_id: AgentId;
  readonly kind: Kind;
  readonly urgency: Urgency;
  readonly state: 'open' | 'ended';
  readonly title: string;
  readonly reason_code: ReasonCode;
  readonly action_name: string;
  readonly packet_version: number;
  readonly level: DeskLevel | null;
  readonly cycle: number;
  readonly team: string;
  readonly asked: readonly string[];
  readonly may_decide: boolean;
  readonly acknowledged_by: string | null;
  readonly accepted_at: string;
  readonly decide_by: string | null;
  readonly sla: { readonly class: SlaClass; readonly due_at: string } | null;
  readonly overdue: boolean;
  readonly unattended: boolean;
  readonly duplicate_of: HandoffId | null;
  readonly ended: DeskEnd | null;
  readonly sequence: number;
}

export interface EarlierLevel {
  readonly level: number;
  readonly asked: readonly string[];
  readonly moved_because: string;
}

export interface RelatedHandoff {
  readonly handoff_id: HandoffId;
  readonly title: string;
  readonly state: 'open' | 'ended';
  readonly duplicate_of: HandoffId | null;
}

export interface DeskDetail extends DeskSummary {
  readonly packet: Packet;
  readonly completeness: PacketCompleteness;
  readonly action_digest: string;
  readonly allowed_decisions: readonly DecisionType[];
  readonly why: string;
  readonly skipped: readonly string[];
  readonly before: readonly EarlierLevel[];
  readonly related: readonly RelatedHandoff[];
  readonly policy: PolicyRef | null;
  readonly decision: HandoffDecision | null;
  readonly trace_id: string | null;
}

export interface DeskQueue {
  /** The server's clock when it answered. */
  readonly now: string;
  readonly items: readonly DeskSummary[];
}

export interface DecisionRequest {
  readonly packet_version: number;
  readonly type: DecisionType;
  readonly message?: string;
  readonly args?: JsonObject;
  readonly asking_was?: Extract<AskingVerdict, 'necessary' | 'unnecessary'>;
}

export type MoveRequest = { readonly move: Move };

export interface FieldProblem {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** application/problem+json, with what the notifier adds to it. */
export interface Problem {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly errors?: readonly FieldProblem[];
  readonly decision?: HandoffDecision;
  readonly packet_version?: number;
  readonly changed?: readonly string[];
}
