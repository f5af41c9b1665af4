import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isJsonObject, type JsonObject } from '@handoff/contracts';
import type { Random } from '../random.js';
import { persist } from '../until.js';
import type { Agent } from './agent.js';
import type { Heard } from './ears.js';
import type { Ledger, Report } from './ledger.js';
import { DOORS, handoffsOf, kindOf } from './plans.js';

const SHARE = 0.4;
const LATER_MS = 1500;

/** Agents that tell how a task ended, once they have heard what was decided about it; and now and then of one that nobody was asked about. */
export class Reporter {
  private readonly telling = new Set<Promise<void>>();
  private count = 0;
  private mayGoOn = true;

  constructor(
    private readonly ledger: Ledger,
    private readonly agents: ReadonlyMap<string, Agent>,
    private readonly random: Random,
    private readonly complain: (taskId: string, error: unknown) => void,
  ) {}

  hear({ kind, agentId, handoffId, data }: Heard): void {
    const task = this.ledger.tasks.get(String(data['task_id']));
    const agent = this.agents.get(agentId);
    if (kind !== 'decision' || !agent || !task || kindOf(task.plan) !== 'escalation' || this.random.next() > SHARE) return;
    const isNamed = handoffsOf(task.plan) > 1 || this.random.next() < 0.7;
    const names: JsonObject = isNamed ? { handoff_id: handoffId, decision_id: String(data['decision_id']) } : {};
    const did: JsonObject = isJsonObject(data['action'] ?? null) ? { executed_digest: String(data['action_digest']) } : {};
    const about = { taskId: task.taskId, handoffId: isNamed ? handoffId : null };
    this.begin(task.taskId, async () => {
      await this.tell(agent, { ...about, result: this.draw() }, { ...names, ...did });
      if (this.random.next() < 0.2) await this.tell(agent, { ...about, result: 'reversed' }, { ...names, ...did });
    });
    if (this.random.next() < 0.3) this.tellOfAnother(agent);
  }

  /** Words that are on their way. */
  get size(): number {
    return this.telling.size;
  }

  /** Resolves once nothing of it is on its way, but waits for a closed door not for ever. */
  async finish(seconds: number): Promise<void> {
    await Promise.race([Promise.all(this.telling), sleep(seconds * 1000, undefined, { ref: false })]);
  }

  close(): void {
    this.mayGoOn = false;
  }

  private tellOfAnother(agent: Agent): void {
    const taskId = `alone-${randomUUID().slice(0, 8)}-${++this.count}`;
    const packet: JsonObject = this.random.next() < 0.5 ? {} : { packet: { original_request: 'Refund order 7.' } };
    this.begin(taskId, () => this.tell(agent, { handoffId: null, taskId, result: this.draw() }, packet));
  }

  private begin(taskId: string, work: () => Promise<void>): void {
    const told = work().catch((error: unknown) => {
      if (this.mayGoOn) this.complain(taskId, error);
    });
    this.telling.add(told);
    void told.finally(() => this.telling.delete(told));
  }

  /** Now and then twice, as one that has heard no answer does. */
  private async tell(agent: Agent, report: Omit<Report, 'repeats' | 'door'>, more: JsonObject): Promise<void> {
    await sleep(this.random.next() * LATER_MS);
    const text = `Word ${++this.count}.`; // the same words again would be the same outcome
    const door = this.random.pick(DOORS);
    const say = agent.outcomeFor({ task_id: report.taskId, result: report.result, text, ...more }, door);
    const times = this.random.next() < 0.2 ? 2 : 1;
    for (let time = 1; time <= times; time++)
      await persist(
        () => say(),
        () => this.mayGoOn,
      );
    this.ledger.reports.push({ ...report, door, repeats: times - 1 });
  }

  private draw(): Report['result'] {
    return this.random.draw({ succeeded: 6, failed: 2, reversed: 1, cancelled: 1 });
  }
}
