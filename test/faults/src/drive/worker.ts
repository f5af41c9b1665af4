import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../random.js';
import { persist } from '../until.js';
import type { Agent, Offer, Work } from './agent.js';
import { askedWithin, CAPABILITY, DELIVERY, SPENT } from './given-tasks.js';
import type { Ledger, Task } from './ledger.js';
import type { PlanName } from './plans.js';

const EVERY_MS = 500;
const REGISTERS_EVERY_MS = 20_000;
const THINKS_MS = 400;

/** An agent at what people give it: it takes what it is offered and delivers, or does not, as the task's plan has it. */
export class Worker {
  /** Words on its tasks that it has acted upon. */
  private readonly heard = new Set<string>();
  private registeredAt = Number.NEGATIVE_INFINITY;
  private isOn = false;
  private loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly agent: Agent,
    private readonly ledger: Ledger,
    private readonly random: Random,
    private readonly complain: (taskId: string, error: unknown) => void,
  ) {}

  start(): void {
    this.isOn = true;
    this.loop = this.flow();
  }

  async stop(): Promise<void> {
    this.isOn = false;
    await this.loop;
  }

  private async flow(): Promise<void> {
    for (; this.isOn; await sleep(EVERY_MS)) await this.look().catch(() => undefined); // the door is closed at this moment
  }

  private async look(): Promise<void> {
    if (performance.now() - this.registeredAt > REGISTERS_EVERY_MS) {
      await this.agent.registers(CAPABILITY);
      this.registeredAt = performance.now();
    }
    for (const offer of await this.agent.offers('offered')) this.hear(offer, (task) => this.answer(offer, task));
    for (const offer of await this.agent.offers('confirmed')) this.hear(offer, (task) => this.work(offer, task));
  }

  private hear(offer: Offer, act: (task: Task | null) => Promise<void>): void {
    if (this.heard.has(offer.word)) return;
    this.heard.add(offer.word);
    const task = this.ledger.tasks.get(offer.taskId) ?? null;
    if (task && !task.offers.includes(offer.offerId)) task.offers.push(offer.offerId);
    act(task).catch((error: unknown) => {
      if (this.isOn) this.complain(offer.taskId, error);
    });
  }

  private async answer(offer: Offer, task: Task | null): Promise<void> {
    const refuses = task !== null && REFUSED.has(task.plan.name) && isFirst(task, offer);
    await this.say(offer, { reply: refuses ? 'refuse' : 'accept', offer_id: offer.offerId, text: refuses ? 'I know nobody there.' : '' });
  }

  private async work(offer: Offer, task: Task | null): Promise<void> {
    if (offer.kind === 'transfer' || (task?.plan.name === 'delegate_dies' && isFirst(task, offer))) return;
    if (task?.plan.name === 'delegate_escalates' && isFirst(task, offer) && !(await this.asksWithin(offer, task))) return;
    if (this.random.next() < 0.3)
      await this.say(offer, { reply: 'progress', offer_id: offer.offerId, text: 'Two found so far.', spent: SPENT });
    await this.say(offer, { reply: 'deliver', offer_id: offer.offerId, delivery: DELIVERY });
  }

  /** @returns false where the task was another's by then, or over */
  private async asksWithin(offer: Offer, task: Task): Promise<boolean> {
    const keep = <T>(work: () => Promise<T>): Promise<T> => persist(work, () => this.isOn);
    const packet = askedWithin(offer, this.agent.id);
    const id = await keep(() => this.agent.postWithin(packet, `${offer.taskId}/within`));
    if (id === null) return false;
    task.handoffIds.add(id);
    task.taken++;
    await keep(async () => {
      const { body } = await this.agent.reads(id);
      if (!body['decision']) throw new Error(`${this.agent.id} waits for people's answer to ${id}.`);
    });
    return true;
  }

  private async say(offer: Offer, work: Work): Promise<void> {
    await sleep(this.random.next() * THINKS_MS);
    await persist(
      () => this.agent.works(offer, work),
      () => this.isOn,
    );
  }
}

/** By the first that hears of it. */
const REFUSED: ReadonlySet<PlanName> = new Set(['delegate_refused', 'transfer_refused', 'transfer_returned']);

const isFirst = ({ offers }: Task, { offerId }: Offer): boolean => offers[0] === offerId;
