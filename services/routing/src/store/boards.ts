import type { Transaction } from '@handoff/bus';
import {
  handoffAssignments,
  handoffRouted,
  type HandoffAccepted,
  type HandoffAssignment,
  type HandoffId,
  type Seconds,
} from '@handoff/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { arrivalOf } from '../domain/arrival-of.js';
import { taskText, type Arrival, type Assignment, type TaskKey } from '../domain/assignment.js';
import { Board } from '../domain/board.js';
import { Agents } from '../domain/give/agents.js';
import { dutyAt } from '../domain/duty/duty-at.js';
import { wordOf } from '../domain/word-of.js';
import { RoutingConfig } from '../routing.config.js';
import { countSaid } from '../routing.metrics.js';
import { loadAgents } from './agents.js';
import { areAllKnown, loadAssignments, recordAssignments } from './assignments.js';
import { dropHeld, loadHeld, recordHeld } from './held-events.js';
import { awaitArrivals, lockTasks, shareArrivals } from './locks.js';
import { loadLoads, recordAsked } from './loads.js';
import { loadOverrides } from './overrides.js';
import { standingNow } from './paused-teams.js';
import { Policies } from './policies.js';

/** Load, and record: what lies between is choosing, and needs no database. */
@Injectable()
export class Boards {
  constructor(
    @Inject(Policies) private readonly policies: Policies,
    @Inject(RoutingConfig) private readonly config: RoutingConfig,
  ) {}

  async forArrivals(tx: Transaction, batch: readonly HandoffAccepted[]): Promise<Board> {
    const superseded = batch.flatMap(({ packet }) => packet.supersedes ?? []);
    const delegations = batch.flatMap(({ within }) => within ?? []);
    const ids = [...batch.map(({ handoff_id }) => handoff_id), ...superseded, ...delegations];
    const waited = superseded.length > 0 ? awaitArrivals(tx) : shareArrivals(tx);
    const [board] = await Promise.all([this.load(tx, batch.map(arrivalOf), ids), waited]);
    return board;
  }

  /** For events about handoffs that may not have arrived here yet. */
  async forHandoffs(tx: Transaction, ids: readonly HandoffId[]): Promise<Board> {
    if (!(await areAllKnown(tx, ids))) await awaitArrivals(tx);
    return await this.load(tx, [], ids);
  }

  /** One statement for the rows, whatever their number; one event for each thing said. */
  async record(tx: Transaction, board: Board): Promise<void> {
    await Promise.all([
      recordAssignments(tx, board.changes()),
      recordHeld(tx, board.toHold()),
      dropHeld(tx, [...board.released]),
      recordAsked(tx, board.load),
    ]);
    const because = new Map(board.said.map((it) => [it.routed, it.because]));
    const events = board.said.map(({ routed }) => routed);
    tx.publish(handoffRouted, events, { causeOf: (event) => tx.causeOf(because.get(event) ?? event.handoff_id) ?? undefined });
    tx.publish(handoffAssignments, board.told, { identityOf: assignedId });
    const traceparents = new Map(board.said.map((it) => [it, tx.causeOf(it.because)?.traceparent ?? null]));
    tx.afterCommit(() =>
      countSaid(
        board.said,
        ({ handoff_id }) => board.find(handoff_id),
        (it) => traceparents.get(it) ?? null,
      ),
    );
  }

  private async load(tx: Transaction, arrivals: readonly Arrival[], ids: readonly HandoffId[]): Promise<Board> {
    const givesTasks = arrivals.some(({ giving }) => giving !== null);
    const locked = await lockTasks(tx, arrivals, ids);
    const { REJECTION_STANDS_SECONDS: rejectionsStand, OFFER_SECONDS, LEASE_SECONDS } = this.config;
    const [assignments, held, standing] = await Promise.all([
      loadLocked(tx, locked, ids, rejectionsStand),
      loadHeld(tx, ids),
      standingNow(tx),
    ]);
    const said = held.flatMap((it) => (it.kind === 'said' ? it.event.policy.version : []));
    const versions = [...new Set([...said, ...assignments.map(({ policyVersion }) => policyVersion)])];
    const known = await this.policies.load(tx, versions);
    const policies = [known.current.policy, ...versions.map(known.policyOf)];
    const [overrides, load, agents] = await Promise.all([
      loadOverrides(tx, policies),
      loadLoads(tx, policies),
      givesTasks || assignments.some(({ giving }) => giving !== null) ? loadAgents(tx) : new Agents(),
    ]);
    const duty = dutyAt(policies, overrides, standing.now);
    const agentsTime = { offer: OFFER_SECONDS, lease: LEASE_SECONDS };
    return new Board({ assignments, held, rejectionsStand, ...standing, ...known, duty, load, agents, agentsTime });
  }
}

/** What was asked within one of these while its lock was waited for may be of a task that is not locked yet. */
async function loadLocked(tx: Transaction, locked: readonly TaskKey[], ids: readonly HandoffId[], stand: Seconds): Promise<Assignment[]> {
  const found = await loadAssignments(tx, locked, ids, stand);
  const known = new Set(locked.map(taskText));
  const late = found.filter((it) => !known.has(taskText(it)));
  return late.length === 0 ? found : loadAssignments(tx, [...locked, ...(await lockTasks(tx, late, []))], ids, stand);
}

const assignedId = (assigned: HandoffAssignment): readonly string[] => [assigned.handoff_id, wordOf(assigned)];
