import type { Service } from '@handoff/contracts';
import type { Log } from '@handoff/local';
import { rejectionsOf, type Rejection } from './check/answered-again.js';
import { check, isReturned, taskIdOf } from './check/check.js';
import { checkDoors } from './check/doors.js';
import { ClockWatch } from './check/clock-watch.js';
import { forgottenPauses } from './check/pauses.js';
import type { Finding } from './check/finding.js';
import type { History } from './check/history.js';
import { countAfter } from './check/schemas.js';
import { settle, type Unsettled } from './check/settle.js';
import { Topics } from './check/topics.js';
import { wrong } from './check/violation.js';
import type { Fault, Injected, Site } from './faults/fault.js';
import type { FaultsOptions } from './options.js';
import { type Random } from './random.js';
import type { FaultResult, RunResult } from './report/result.js';
import { findingsOf } from './report/table.js';
import { type Stage } from './site/stage.js';
import { until } from './until.js';

const RECOVERS_WITHIN_SECONDS = 90;
/** Robots answer some tens in a second, so a backlog takes them its time; what stands still is broken. */
const STANDS_STILL_SECONDS = 120;
/** On a machine of two cores that runs everything, this harness included. */
const CATCHES_UP_MS = 15_000;

/** What is known of one fault so far. */
interface Tally {
  readonly fault: Fault;
  injected: number;
  recoveredMs: number | null;
}

/** One run: traffic all the time, fault after fault, then everything comes to rest and is held against what must be. */
export class Run {
  private readonly findings: Finding[] = [];
  private readonly tallies: Tally[] = [];
  private readonly absorbed = new Map<string, number>();
  /** With the event that ended each. */
  private readonly checkedBefore = new Map<string, string>();
  /** By task. */
  private readonly rejectedBefore = new Map<string, readonly Rejection[]>();
  /** Tasks. */
  private readonly returnedBefore = new Set<string>();
  /** Since the last check. */
  private readonly setBack = new Set<Service>();
  /** Of the findings, how many. */
  private told = 0;
  private readonly topics: Topics;
  private readonly site: Site;
  private handoffs = 0;
  private readonly begunAt = performance.now();

  constructor(
    private readonly stage: Stage,
    private readonly options: FaultsOptions,
    random: Random,
    private readonly log: Log,
  ) {
    this.topics = new Topics(stage.kafka);
    this.site = {
      ground: stage.ground,
      crew: stage.crew,
      traffic: stage.traffic,
      administrator: stage.administrator,
      kafka: stage.kafka,
      random,
      isFull: options.isFull,
      rest: () => this.rest(),
    };
  }

  /** With the full run each fault is checked by itself, so that little has to be kept, and all come again until there were enough handoffs. */
  async all(): Promise<RunResult> {
    const watch = new ClockWatch(() => this.stage.ground.db());
    try {
      do {
        for (const fault of this.options.faults) {
          if (this.isOver()) break;
          await this.one(fault);
          if (this.options.isFull) await this.comeToRest();
        }
      } while (this.options.isFull && this.handoffs < this.options.handoffs && !this.isOver());
      if (!this.options.isFull) await this.comeToRest();
    } finally {
      await watch.stop();
    }
    for (const id of watch.found) this.note(null, 'a clock at every instant', 'it was open, and no clock was armed', id);
    if (this.told < this.findings.length) this.tell();
    return this.result();
  }

  private isOver(): boolean {
    const { minutes } = this.options;
    return minutes !== null && performance.now() - this.begunAt > minutes * 60_000;
  }

  private async one(fault: Fault): Promise<void> {
    const tally = this.tallies.find((it) => it.fault === fault) ?? { fault, injected: 0, recoveredMs: null };
    if (!this.tallies.includes(tally)) this.tallies.push(tally);
    this.stage.traffic.fault = fault.name;
    this.stage.traffic.start(this.options.rate);
    const times = this.options.times ?? (this.options.isFull ? fault.full : Math.max(1, fault.short));
    for (let time = 1; time <= times && !this.isOver(); time++) {
      this.log(`${fault.name} (${time} of ${times}): ${fault.describe} …`);
      await this.inject(tally);
    }
    await this.stage.traffic.pause(60);
    if (fault.toldWithinMs !== undefined) await this.allTold(fault, fault.toldWithinMs);
  }

  /** So that what the next fault holds up is not put down to this one. */
  private async allTold({ name }: Fault, withinMs: number): Promise<void> {
    const tasks = [...this.stage.ledger.tasks.values()].filter(({ fault }) => fault === name);
    await until(() => tasks.every(({ pages }) => pages.length > 0), 2 * (withinMs / 1000));
  }

  private async inject(tally: Tally): Promise<void> {
    if (tally.fault.setsBack) this.setBack.add(tally.fault.setsBack);
    const injected = await tally.fault.inject(this.site);
    tally.injected += injected.times;
    this.absorbed.set(tally.fault.name, (this.absorbed.get(tally.fault.name) ?? 0) + (injected.repeats ?? 0));
    for (const what of injected.broken ?? []) this.note(tally.fault, tally.fault.name, what);
    await this.recover(tally, injected);
    for (const { why } of this.stage.crew.deaths.splice(0)) this.note(tally.fault, 'stays alive', why);
  }

  /** Every process is ready again in time; what is asked then takes its way through a system that is catching up. */
  private async recover(tally: Tally, { mendedAt }: Injected): Promise<void> {
    const { fault } = tally;
    const probed = this.stage.traffic.probe(mendedAt, RECOVERS_WITHIN_SECONDS);
    const isReady = await until(() => this.stage.crew.areReady(), RECOVERS_WITHIN_SECONDS);
    const readyMs = isReady ? Date.now() - mendedAt : null;
    const toldMs = await probed;
    this.log(`  every process was ready after ${readyMs ?? '…'} ms, people were told after ${toldMs ?? '…'} ms`);
    tally.recoveredMs = Math.max(tally.recoveredMs ?? 0, readyMs ?? Number.POSITIVE_INFINITY, toldMs ?? Number.POSITIVE_INFINITY);
    const most = fault.recoversWithinMs ?? Number.POSITIVE_INFINITY;
    if (readyMs === null || readyMs > most)
      this.note(fault, 'comes back', `not every process was ready after ${most} ms: ${readyMs ?? '…'}`);
    if (toldMs === null || toldMs > most + (fault.catchesUpWithinMs ?? CATCHES_UP_MS))
      this.note(fault, 'comes back', `people were told after ${toldMs ?? '…'} ms`);
  }

  private async comeToRest(): Promise<void> {
    this.log('Nothing more is begun; waiting until everything has come to rest …');
    await this.settle();
    await this.checkAll();
    this.tell();
  }

  /** What was found is told at once: a run of hours that is cut short has not been in vain. */
  private tell(): void {
    const found = this.findings.slice(this.told);
    this.told = this.findings.length;
    this.log(`  ${this.handoffs} handoffs so far, ${this.told} broken invariants.`);
    if (found.length > 0) this.log(findingsOf(found));
  }

  private async rest(): Promise<(recreated: string | null) => void> {
    await this.stage.traffic.pause(60);
    await this.settle();
    await this.topics.read(); // what is deleted next has been read
    return (recreated) => {
      if (recreated) this.topics.rewind(recreated);
      this.stage.traffic.start(this.options.rate);
    };
  }

  private async settle(): Promise<void> {
    const { cast, ground, kafka, lead, reporter, listener } = this.stage;
    await Promise.all([cast.finish(60), reporter.finish(60)]);
    const agents = async (): Promise<Unsettled> => ({
      [`${listener.agentId}_unheard`]: await countAfter(ground.db(), listener.agentId, listener.position),
      reports_on_their_way: reporter.size,
    });
    const left = await settle({ db: () => ground.db(), kafka, sweep: () => cast.sweep(), agents }, STANDS_STILL_SECONDS);
    for (const [what, count] of Object.entries(left)) this.note(null, 'comes to rest', `${what}: ${count}`);
    for (const { invariant, what } of await forgottenPauses(ground.db(), lead.promised)) this.note(null, invariant, what);
    for (const what of lead.refusals.splice(0)) this.note(null, 'the robots', what);
  }

  private async checkAll(): Promise<void> {
    const { ledger, cast, ground, agents, people, ears } = this.stage;
    const [person] = people;
    if (!person) throw new Error('Nobody works here.');
    const histories = await this.topics.read();
    const memory = {
      tasks: ledger.tasks,
      histories,
      checkedBefore: this.checkedBefore,
      rejectedBefore: this.rejectedBefore,
      returnedBefore: this.returnedBefore,
      faults: this.options.faults,
      setBack: this.setBack,
      reports: ledger.reports,
      ears,
    };
    const { handoffs, findings, absorbed } = await check(ground.db(), memory, (history, task) => checkDoors(history, task, agents, person));
    this.handoffs += handoffs;
    this.findings.push(...findings);
    for (const [fault, count] of absorbed) this.absorbed.set(fault, (this.absorbed.get(fault) ?? 0) + count);
    for (const { taskId, what } of cast.complaints.splice(0))
      this.findings.push({
        ...wrong('the robots', what),
        fault: ledger.tasks.get(taskId)?.fault ?? '',
        taskId,
        handoffId: null,
        history: [],
      });
    this.remember(histories.values());
    this.topics.forget([...histories.keys()]);
    for (const what of ears.complaints.splice(0)) this.note(null, 'told what there is to do', what);
    ledger.forget([...ledger.tasks.keys()]);
    ears.forget();
    this.setBack.clear();
  }

  private remember(histories: Iterable<History>): void {
    for (const history of histories) {
      if (this.checkedBefore.has(history.handoffId)) continue;
      this.checkedBefore.set(history.handoffId, history.of('handoff.decisions')[0]?.eventId ?? '');
      const task = taskIdOf(history);
      if (isReturned(history)) this.returnedBefore.add(task);
      const rejections = rejectionsOf(history);
      if (rejections.length > 0) this.rejectedBefore.set(task, [...(this.rejectedBefore.get(task) ?? []), ...rejections]);
    }
  }

  private note(fault: Fault | null, invariant: string, what: string, handoffId: string | null = null): void {
    this.findings.push({ ...wrong(invariant, what), fault: fault?.name ?? '', taskId: null, handoffId, history: [] });
  }

  private result(): RunResult {
    const count = (name: string, kind: Finding['kind']): number =>
      new Set(this.findings.filter((it) => it.fault === name && it.kind === kind).map(({ handoffId, taskId }) => handoffId ?? taskId)).size;
    const faults = this.tallies.map(({ fault: { name }, injected, recoveredMs }): FaultResult => {
      const recovered = recoveredMs === null || !Number.isFinite(recoveredMs) ? null : Math.round(recoveredMs);
      const duplicates = this.absorbed.get(name) ?? 0;
      return {
        name,
        injected,
        recovered_ms_max: recovered,
        duplicates_absorbed: duplicates,
        lost: count(name, 'lost'),
        doubled: count(name, 'doubled'),
      };
    });
    return { handoffs: this.handoffs, seed: this.options.seed, faults, invariants_broken: this.findings };
  }
}
