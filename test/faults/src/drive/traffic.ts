import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject } from '@handoff/contracts';
import type { Random } from '../random.js';
import { persist, until } from '../until.js';
import type { Agent } from './agent.js';
import type { Cast } from './cast.js';
import type { Lead } from './lead.js';
import type { Ledger, Task } from './ledger.js';
import type { PacketSource } from './packets.js';
import type { Person } from './person.js';
import { drawPlan, kindOf, type Plan } from './plans.js';

const PROBES = 8;
/** Tasks under way above which no more is begun for a while: a machine that is too slow would be what is measured. */
const MOST_UNDER_WAY = 400;

/** Agents at work, at a steady rate, whatever is being broken meanwhile. */
export class Traffic {
  /** Tasks begun so far. */
  count = 0;
  /** The fault that tasks are put down to from now on. */
  fault = '';
  private readonly run = randomBytes(3).toString('hex');
  private readonly submitting = new Set<Promise<void>>();
  private isOn = false;
  private loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly ledger: Ledger,
    private readonly cast: Cast,
    private readonly agents: readonly Agent[],
    private readonly packets: PacketSource,
    private readonly random: Random,
    private readonly lead: Lead,
    /** Who gives tasks to agents. */
    private readonly giver: Person,
  ) {}

  start(perSecond: number): void {
    this.isOn = true;
    this.lead.start();
    this.loop = this.flow(perSecond);
  }

  /** Resolves once everything that was begun is with the system. */
  async pause(seconds: number): Promise<void> {
    this.isOn = false;
    await Promise.all([this.loop, this.lead.stop()]);
    await Promise.race([Promise.all(this.submitting), sleep(seconds * 1000, undefined, { ref: false })]);
  }

  /** Fresh tasks that go the shortest way. @returns milliseconds from `since` until somebody was told of each; null if that never was */
  async probe(since: number, seconds: number): Promise<number | null> {
    const probes = Array.from({ length: PROBES }, () => this.begin({ name: 'answer', door: 'kafka' }));
    const isTold = await until(() => probes.every(({ pages }) => pages.length > 0), seconds, 20);
    return isTold ? Math.max(...probes.map(({ pages }) => pages[0]?.at ?? 0)) - since : null;
  }

  /** One task more, at once. */
  begin(plan: Plan = drawPlan(this.random)): Task {
    const agent = this.random.pick(this.agents);
    const taskId = `${plan.name}-${this.run}-${++this.count}`;
    const task = this.ledger.begin({ taskId, agentId: agent.id, fault: this.fault, plan });
    const submitted = this.submit(task, agent).catch((error: unknown) => {
      this.cast.complaints.push({ taskId, what: String(error) });
    });
    this.submitting.add(submitted);
    void submitted.finally(() => this.submitting.delete(submitted));
    return task;
  }

  private async flow(perSecond: number): Promise<void> {
    const EVERY_MS = 50;
    for (let due = 0; this.isOn; await sleep(EVERY_MS)) {
      due += (EVERY_MS / 1000) * perSecond;
      for (; due >= 1; due--) if (this.submitting.size + this.cast.size < MOST_UNDER_WAY) this.begin();
    }
  }

  private async submit(task: Task, agent: Agent): Promise<void> {
    const packets = this.packets.forTask(task.taskId, agent.id, task.plan);
    for (const [at, packet] of packets.entries()) {
      await this.hand(task, agent, packet, `${task.taskId}/${at}`);
      task.taken++;
    }
  }

  private async hand(task: Task, agent: Agent, packet: JsonObject, idempotencyKey: string): Promise<void> {
    const times = task.plan.name === 'repeat' ? 3 : 1;
    const kind = kindOf(task.plan);
    const record = agent.recordFor(packet, kind);
    for (let time = 1; time <= times; time++) {
      if (task.plan.door === 'kafka') await persist(() => agent.publish(record, kind));
      else if (kind === 'delegation') task.handoffIds.add(await persist(() => this.giver.delegates(packet)));
      else task.handoffIds.add(await persist(() => agent.post(packet, kind, idempotencyKey)));
      if (time > 1) task.repeats++;
    }
  }
}
