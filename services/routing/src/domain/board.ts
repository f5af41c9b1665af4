import {
  controlId,
  type DecisionId,
  type AgentId,
  type HandoffAssignment,
  type HandoffId,
  type HandoffRouted,
  type PersonId,
  type Seconds,
  type TenantId,
} from '@handoff/contracts';
import { taskText, type Arrival, type Assignment, type AssignmentState, type TaskKey } from './assignment.js';
import type { Choosing } from './choose-people.js';
import type { Duty } from './duty/duty.js';
import type { Agents } from './give/agents.js';
import { handIn } from './hand-in.js';
import type { HeldEvent } from './held-event.js';
import type { Load } from './load.js';
import type { Level, Policy, PolicyVersion } from './policy.js';
import { recallSaid, recallTold } from './recall.js';
import { turnsAfter } from './turns-after.js';
import { wordOf } from './word-of.js';

/** All that a routing says beside whose and when it is; `related` comes from the board itself. */
export type FullView = Omit<HandoffRouted, 'tenant' | 'handoff_id' | 'sequence' | 'packet_version' | 'routed_at' | 'related'>;

/** One that a person rejected. */
export type Rejected = Assignment & { readonly rejectionId: DecisionId; readonly rejectedAt: Date };

export interface BoardContents {
  readonly assignments: readonly Assignment[];
  readonly held: readonly HeldEvent[];
  readonly current: PolicyVersion;
  readonly policyOf: (version: number) => Policy;
  readonly now: Date;
  /** Teams and agents that leads have paused, by the ids of their controls. */
  readonly paused: ReadonlySet<string>;
  readonly duty: Duty;
  readonly load: Load;
  readonly agents: Agents;
  readonly agentsTime: AgentsTime;
  /** How long a rejection is the answer to the same asked again. */
  readonly rejectionsStand: Seconds;
}

/** How long an agent has to answer an offer, and to be heard of while it holds a task. */
export interface AgentsTime {
  readonly offer: Seconds;
  readonly lease: Seconds;
}

/** What is published, and the handoff whose event led to it: a first one's move is why its duplicates move. */
export interface Said {
  readonly routed: HandoffRouted;
  readonly because: HandoffId;
}

/** More would not fit an event of 1 KiB; the desk finds the others by the task. */
const MOST_RELATED = 5;

/** The handoffs of the tasks that a batch touches. Each choice sees what the one before it changed. */
export class Board {
  readonly now: Date;
  readonly rejectionsSince: Date;
  readonly duty: Duty;
  readonly load: Load;
  readonly agents: Agents;
  readonly agentsTime: AgentsTime;
  private readonly paused: ReadonlySet<string>;
  readonly current: PolicyVersion;
  readonly policyOf: (version: number) => Policy;
  /** In the order in which it is to be published. */
  readonly said: Said[] = [];
  /** What agents have to act on. */
  readonly told: HandoffAssignment[] = [];
  /** Handoffs whose held events have had their effect. */
  readonly released = new Set<HandoffId>();
  private readonly byId = new Map<HandoffId, Assignment>();
  private readonly byTask = new Map<string, Set<HandoffId>>();
  private readonly changed = new Set<HandoffId>();
  private readonly early = new Map<HandoffId, readonly HeldEvent[]>();
  private readonly newlyHeld: HeldEvent[] = [];
  private turn: HandoffId | null = null;

  constructor(contents: BoardContents) {
    this.now = contents.now;
    this.paused = contents.paused;
    this.duty = contents.duty;
    this.load = contents.load;
    this.agents = contents.agents;
    this.agentsTime = contents.agentsTime;
    this.rejectionsSince = new Date(contents.now.getTime() - contents.rejectionsStand * 1000);
    this.current = contents.current;
    this.policyOf = contents.policyOf;
    for (const assignment of contents.assignments) this.place(assignment);
    for (const event of contents.held) this.early.set(event.handoffId, [...this.heldFor(event.handoffId), event]);
  }

  /** From here on, what is said is said because of this handoff's event. */
  turnTo(handoffId: HandoffId): void {
    this.turn = handoffId;
  }

  /** Whether a level's turn is passed over for now. */
  pausedOf(tenant: TenantId): (level: Level) => boolean {
    return ({ team }) => this.paused.has(controlId(tenant, 'team', team));
  }

  /** Whether an agent is offered nothing for now. */
  isPausedAgent(tenant: TenantId, agentId: AgentId): boolean {
    return this.paused.has(controlId(tenant, 'agent', agentId));
  }

  /** What decides whom any level of it asks; of a handoff that is new here, by the newest policy. */
  choosingFor({
    facts,
    policyVersion = this.current.version,
  }: Pick<Arrival, 'facts'> & Partial<Pick<Assignment, 'policyVersion'>>): Choosing {
    return { duty: this.duty, load: this.load, facts, policies: [this.current.policy, this.policyOf(policyVersion)] };
  }

  find(handoffId: HandoffId): Assignment | null {
    return this.byId.get(handoffId) ?? null;
  }

  /** Open handoffs of the task, the oldest first. */
  openOf(task: TaskKey): readonly Assignment[] {
    return this.allOf(task)
      .filter(({ state }) => state === 'open')
      .sort(byAcceptance);
  }

  /** Handoffs of the task that a person rejected, and whose rejection still stands. */
  rejectedOf(task: TaskKey): readonly Rejected[] {
    return this.allOf(task).filter((it): it is Rejected => it.rejectedAt !== null && it.rejectedAt > this.rejectionsSince);
  }

  /** Open handoffs that leave their answer to this one. */
  duplicatesOf(first: Assignment): readonly Assignment[] {
    return this.openOf(first).filter(({ routed }) => routed.duplicate_of === first.handoffId);
  }

  /** Open escalations that were asked within this delegation, the oldest first. */
  openWithin(handoffId: HandoffId): readonly Assignment[] {
    return [...this.byId.values()].filter(({ within, state }) => within === handoffId && state === 'open').sort(byAcceptance);
  }

  /** What arrived before the handoff did. */
  heldFor(handoffId: HandoffId): readonly HeldEvent[] {
    return this.early.get(handoffId) ?? [];
  }

  hold(event: HeldEvent): void {
    this.newlyHeld.push(event);
    this.early.set(event.handoffId, [...this.heldFor(event.handoffId), event]);
  }

  /** Keeps a change that nobody else has to know. */
  keep(assignment: Assignment): Assignment {
    this.changed.add(assignment.handoffId);
    this.place(assignment);
    return assignment;
  }

  /** A handoff's first word; its last as well where that is an end. */
  open(arrival: Arrival, policyVersion: number, view: FullView): Assignment {
    return this.say(this.begin(arrival, policyVersion, view), {});
  }

  /** A handoff of which nothing is said yet. */
  begin(arrival: Arrival, policyVersion: number, view: FullView): Assignment {
    const { tenant, handoffId: handoff_id } = arrival;
    const routed = { ...view, tenant, handoff_id, sequence: 0, packet_version: 0, related: [], routed_at: '' };
    const state: AssignmentState = view.event === 'end' ? 'ending' : 'open';
    return {
      ...arrival,
      policyVersion,
      state,
      endedAt: null,
      rejectionId: null,
      rejectedAt: null,
      routed,
      askedAt: null,
      turns: null,
      told: null,
    };
  }

  /** Keeps a change and says it; the event holds the whole view, so that it can stand for all before it. */
  say(assignment: Assignment, view: Partial<FullView>): Assignment {
    const routed: HandoffRouted = {
      ...assignment.routed,
      ...view,
      sequence: assignment.routed.sequence + 1,
      packet_version: Math.max(assignment.packetVersion, assignment.routed.packet_version), // after a restore the packet may be read again later
      related: this.relatedTo(assignment),
      routed_at: this.now.toISOString(),
    };
    this.said.push({ routed, because: this.turn ?? assignment.handoffId });
    return this.moved(assignment.routed, { ...assignment, routed, ...turnsAfter(assignment, routed, this.now) });
  }

  /**
   * A handoff as all that was said and told of it left it before this schema was restored: that holds, and nobody hears it again.
   * @returns whether anything was said of it
   */
  recall(arrival: Arrival): boolean {
    const held = this.heldFor(arrival.handoffId);
    const said = held.flatMap((it) => (it.kind === 'said' ? it.event : [])).sort((a, b) => a.sequence - b.sequence);
    const [first] = said;
    if (!first) return false;
    const begun = this.begin(arrival, first.policy.version, first);
    const after = said.reduce((it, routed) => recallSaid(it, routed) ?? it, begun);
    const told = held.flatMap((it) => (it.kind === 'told' ? it.event : []));
    this.moved(
      null,
      told.reduce((it, assigned) => recallTold(it, assigned) ?? it, after),
    );
    return true;
  }

  tell(assigned: HandoffAssignment): void {
    if (!this.find(assigned.handoff_id)?.told?.includes(wordOf(assigned))) this.told.push(assigned);
  }

  /** Of what is over, nobody is told. */
  quietly(work: () => void): void {
    const [saidBefore, toldBefore] = [this.said.length, this.told.length];
    work();
    this.said.length = saidBefore;
    this.told.length = toldBefore;
  }

  changes(): readonly Assignment[] {
    return [...this.changed].flatMap((id) => this.byId.get(id) ?? []);
  }

  /** What still waits for its handoff after this batch, and was not kept before it. */
  toHold(): readonly HeldEvent[] {
    return this.newlyHeld.filter(({ handoffId }) => !this.released.has(handoffId));
  }

  private moved(before: HandoffRouted | null, assignment: Assignment): Assignment {
    const { tenant, routed } = assignment;
    this.load.move(before ? askedIn(before) : [], askedIn(routed), this.now);
    this.agents.move(tenant, before && handIn(before), handIn(routed));
    return this.keep(assignment);
  }

  private allOf(task: TaskKey): Assignment[] {
    return [...(this.byTask.get(taskText(task)) ?? [])].flatMap((id) => this.byId.get(id) ?? []);
  }

  private relatedTo(assignment: Assignment): readonly HandoffId[] {
    const others = this.openOf(assignment).filter(({ handoffId }) => handoffId !== assignment.handoffId);
    return others.slice(0, MOST_RELATED).map(({ handoffId }) => handoffId);
  }

  private place(assignment: Assignment): void {
    const task = taskText(assignment);
    this.byId.set(assignment.handoffId, assignment);
    this.byTask.set(task, (this.byTask.get(task) ?? new Set()).add(assignment.handoffId));
  }
}

/** A duplicate asks nobody for itself. */
function askedIn({ event, sequence, asked, duplicate_of }: HandoffRouted): readonly PersonId[] {
  return event === 'end' || sequence === 0 || duplicate_of !== null ? [] : asked;
}

export function byAcceptance(a: Arrival, b: Arrival): number {
  return a.acceptedAt.getTime() - b.acceptedAt.getTime() || a.handoffId.localeCompare(b.handoffId);
}
