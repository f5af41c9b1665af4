import type {
  AgentId,
  AgentsMove,
  AskingVerdict,
  AuditEntry,
  Control,
  DecisionType,
  EndType,
  HandoffDecision,
  HandoffId,
  HandoffMove,
  Json,
  JsonObject,
  JudgedDecision,
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
  /** How long an answer to what is not critical can be taken back before it is sent. */
  readonly hold_seconds: number;
  /** Leads and admins: they pause things, and see what others did. */
  readonly may_lead: boolean;
  /** Whether a key to sign evidence with is set up here. */
  readonly signs_evidence: boolean;
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
  /** `with_agent`: it was given to an agent, which works on it. */
  readonly state: 'with_agent' | 'open' | 'ended';
  readonly title: string;
  readonly reason_code: ReasonCode;
  readonly action_name: string;
  readonly packet_version: number;
  readonly level: DeskLevel | null;
  readonly cycle: number;
  /** Null until somebody is asked. */
  readonly team: string | null;
  readonly asked: readonly string[];
  readonly may_decide: boolean;
  readonly may_not_because: string | null;
  readonly acknowledged_by: string | null;
  /** Off the queue until then. */
  readonly deferred_until: string | null;
  /** The level waits for the agent's answer until then. */
  readonly paused_until: string | null;
  readonly open_question: { readonly question_id: string; readonly asked_by: string } | null;
  /** What the agent that works on it asked, and nobody has answered. */
  readonly asks: readonly { readonly question_id: string; readonly asked_by: string; readonly text: string }[];
  /** Whose work it is, or was. */
  readonly agent: { readonly agent_id: string; readonly round: number; readonly of: number } | null;
  /** Whom it waits for: an agent that it is `offered` to or `held` by, or the people who are `asked`. Null until that is known. */
  readonly turn: 'offered' | 'held' | 'asked' | 'end' | null;
  /** The last that the agent that works on it said of how it goes. */
  readonly progress: { readonly text: string; readonly at: string } | null;
  /** Of an escalation: the delegation that it was asked within. */
  readonly within: HandoffId | null;
  /** Open escalations that were asked within it, and that its agent waits for. */
  readonly waits_for: readonly HandoffId[];
  /** How the work stands to what binds it; null until something is told of that. */
  readonly terms: DeskTerms | null;
  readonly answers_needed: number;
  readonly votes: readonly { readonly subject: string; readonly type: DecisionType; readonly packet_version: number }[];
  /** On whose list it is since it was taken over. */
  readonly holder: string | null;
  readonly recall: {
    readonly state: 'asked' | 'stopped' | 'already_done';
    readonly by: string;
    readonly at: string;
    readonly text: string | null;
  } | null;
  readonly action_digest: string | null;
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
  readonly state: DeskSummary['state'];
  readonly duplicate_of: HandoffId | null;
}

/** A delegation, or what was asked within it. */
export interface KinHandoff {
  readonly handoff_id: HandoffId;
  readonly task_id: TaskId;
  readonly title: string;
  readonly state: DeskSummary['state'] | 'arriving';
  readonly ended_as: DecisionType | EndType | null;
}

/** An answer that somebody gave before. */
export interface EarlierDecision {
  readonly handoff_id: HandoffId;
  readonly title: string;
  readonly type: DecisionType | EndType;
  readonly message: string | null;
  readonly decided_by: readonly string[];
  readonly decided_at: string;
  /** What it has in common with the handoff on the screen. */
  readonly same: 'task' | 'action';
}

/** What one version of the packet changed of the one before. */
export interface VersionChanges {
  readonly packet_version: number;
  readonly changes: readonly { readonly path: string; readonly before?: Json; readonly after?: Json }[];
}

/** What people do to a handoff; what comes of agents and a vote are not asked for by name. */
export type Deed = 'decide' | Exclude<Move, AgentsMove | 'vote'>;

export interface DeskTerms {
  /** The share of the time until `due_by` that has passed; 1 is late. */
  readonly due: { readonly share: number; readonly due_at: string } | null;
  readonly spent: { readonly total: number; readonly limit: number; readonly unit: string } | null;
  /** What its agents decided by themselves. */
  readonly decisions: readonly JudgedDecision[];
}

export interface DeskDetail extends DeskSummary {
  readonly packet: Packet;
  /** JSON Pointers into the packet: leaves whose secrets are not shown. */
  readonly masked: readonly string[];
  readonly completeness: PacketCompleteness;
  readonly allowed_decisions: readonly DecisionType[];
  readonly why: string;
  readonly skipped: readonly string[];
  readonly before: readonly EarlierLevel[];
  readonly related: readonly RelatedHandoff[];
  /** That it was asked within. */
  readonly delegation: KinHandoff | null;
  /** The oldest first. */
  readonly asked_within: readonly KinHandoff[];
  readonly earlier: readonly EarlierDecision[];
  readonly versions: readonly VersionChanges[];
  /** The oldest first. */
  readonly thread: readonly HandoffMove[];
  /** What this person may do by right. */
  readonly may: readonly Deed[];
  /** Why this person cannot let the recommended amount pass. */
  readonly above_authority: string | null;
  readonly policy: PolicyRef | null;
  readonly decision: HandoffDecision | null;
  readonly trace_id: string | null;
}

export interface DeskQueue {
  /** The server's clock when it answered. */
  readonly now: string;
  /** Of what is open and not put off, however much of it is in the list. */
  readonly counts: { readonly all: number; readonly held: number; readonly teams: Readonly<Record<TeamId, number>> };
  readonly items: readonly DeskSummary[];
}

/** A handoff, and its packet version as it was on the screen. */
export interface SeenHandoff {
  readonly handoff_id: HandoffId;
  readonly packet_version: number;
}

export interface DecisionRequest {
  readonly packet_version: number;
  readonly type: DecisionType;
  readonly message?: string;
  readonly args?: JsonObject;
  readonly asking_was?: Extract<AskingVerdict, 'necessary' | 'unnecessary'>;
  /** Others of the very same action that get the same answer. */
  readonly also?: readonly SeenHandoff[];
}

export interface MoveRequest {
  readonly move: Exclude<Deed, 'decide'>;
  readonly note?: string;
  readonly to?: { readonly kind: 'person' | 'team'; readonly id: string } | null;
  /** With `request_changes`: what each criterion lacks. */
  readonly changes?: readonly { readonly criterion_id: string; readonly text: string }[];
  /** With `answer`: which of the agent's questions. */
  readonly question_id?: string;
  readonly until?: string | null;
  readonly urgency?: Urgency | null;
  readonly asking_was?: AskingVerdict | null;
}

/** Whom something can be handed over to. */
export interface Directory {
  readonly people: readonly { readonly id: PersonId; readonly name: string; readonly teams: readonly TeamId[] }[];
  readonly teams: readonly { readonly id: TeamId; readonly name: string }[];
}

export interface PauseRequest {
  readonly control: Control;
  readonly name: string;
  readonly reason: string;
  readonly for_seconds: number;
}

/** What is handed over at the end of a shift. */
export interface Handover {
  readonly now: string;
  readonly teams: readonly TeamId[];
  readonly items: readonly HandoverItem[];
}

export interface HandoverItem extends DeskSummary {
  readonly acknowledged_at: string | null;
  /** The newest first. */
  readonly last_comments: readonly { readonly by: string; readonly at: string; readonly text: string }[];
}

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  /** Where the page after this one begins; null after the last one. */
  readonly next: string | null;
}

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
