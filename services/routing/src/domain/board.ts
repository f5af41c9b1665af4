import type { HandoffId, HandoffRouted } from '@handoff/contracts';
import { taskText, type Arrival, type Assignment, type TaskKey } from './assignment.js';
import type { HeldEvent } from './held-event.js';
import type { Policy, PolicyVersion } from './policy.js';

/** All that a routing says beside whose and when it is; `related` comes from the board itself. */
export type FullView = Omit<HandoffRouted, 'tenant' | 'handoff_id' | 'sequence' | 'packet_version' | 'routed_at' | 'related'>;

export interface BoardContents {
  readonly assignments: readonly Assignment[];
  readonly held: readonly HeldEvent[];
  readonly current: PolicyVersion;
  readonly policyOf: (version: number) => Policy;
  readonly now: Date;
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
  readonly current: PolicyVersion;
  readonly policyOf: (version: number) => Policy;
  /** In the order in which it is to be published. */
  readonly said: Said[] = [];
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
    this.current = contents.current;
    this.policyOf = contents.policyOf;
    for (const assignment of contents.assignments) this.place(assignment);
    for (const event of contents.held) this.early.set(event.handoffId, [...this.heldFor(event.handoffId), event]);
  }

  /** From here on, what is said is said because of this handoff's event. */
  turnTo(handoffId: HandoffId): void {
    this.turn = handoffId;
  }

  find(handoffId: HandoffId): Assignment | null {
    return this.byId.get(handoffId) ?? null;
  }

  /** Open handoffs of the task, the oldest first. */
  openOf(task: TaskKey): readonly Assignment[] {
    const found = [...(this.byTask.get(taskText(task)) ?? [])].flatMap((id) => this.byId.get(id) ?? []);
    return found.filter(({ state }) => state === 'open').sort(byAcceptance);
  }

  /** Open handoffs that leave their answer to this one. */
  duplicatesOf(first: Assignment): readonly Assignment[] {
    return this.openOf(first).filter(({ routed }) => routed.duplicate_of === first.handoffId);
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

  /** A handoff's first word. */
  open(arrival: Arrival, policyVersion: number, view: FullView): Assignment {
    const { tenant, handoffId: handoff_id } = arrival;
    const routed = { ...view, tenant, handoff_id, sequence: 0, packet_version: 0, related: [], routed_at: '' };
    return this.say({ ...arrival, policyVersion, state: 'open', routed }, {});
  }

  /** Keeps a change and says it; the event holds the whole view, so that it can stand for all before it. */
  say(assignment: Assignment, view: Partial<FullView>): Assignment {
    const routed: HandoffRouted = {
      ...assignment.routed,
      ...view,
      sequence: assignment.routed.sequence + 1,
      packet_version: assignment.packetVersion,
      related: this.relatedTo(assignment),
      routed_at: this.now.toISOString(),
    };
    this.said.push({ routed, because: this.turn ?? assignment.handoffId });
    return this.keep({ ...assignment, routed });
  }

  changes(): readonly Assignment[] {
    return [...this.changed].flatMap((id) => this.byId.get(id) ?? []);
  }

  /** What still waits for its handoff after this batch, and was not kept before it. */
  toHold(): readonly HeldEvent[] {
    return this.newlyHeld.filter(({ handoffId }) => !this.released.has(handoffId));
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

export function byAcceptance(a: Arrival, b: Arrival): number {
  return a.acceptedAt.getTime() - b.acceptedAt.getTime() || a.handoffId.localeCompare(b.handoffId);
}
