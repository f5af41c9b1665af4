import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../random.js';
import { persist } from '../until.js';
import type { Agent } from './agent.js';
import { drawAnswer } from './answers.js';
import { RefusedError } from './knock.js';
import { MOVE_SCENES } from './move-scenes.js';
import type { Ledger, Page, Task } from './ledger.js';
import type { Person } from './person.js';
import { kindOf } from './plans.js';

const THINKS_MS = 400;
/** So long after a process died another one tells people what it was about to tell them. */
const TOLD_WITHIN_MS = 30_000;

/** The robots: each page begins a scene, as the task's plan has it, which goes on until the handoff has its answer. */
export class Cast {
  /** What the robots were refused or told wrongly. */
  readonly complaints: { readonly taskId: string; readonly what: string }[] = [];
  private readonly begun = new Set<string>();
  private readonly playing = new Set<Promise<void>>();
  private readonly ways = { keep: <T>(work: () => Promise<T>) => this.keep(work), think: () => this.think() };
  /** What nobody was told of yet, and since when it was seen in the queue. */
  private readonly untold = new Map<string, number>();
  private mayGoOn = true;

  constructor(
    private readonly ledger: Ledger,
    private readonly people: ReadonlyMap<string, Person>,
    private readonly agents: ReadonlyMap<string, Agent>,
    private readonly random: Random,
  ) {}

  /** Scenes that are going on. */
  get size(): number {
    return this.playing.size;
  }

  hear(page: Page): void {
    const task = this.ledger.paged(page);
    const person = this.people.get(page.recipient);
    if (!task || !person || this.begun.has(sceneOf(task, page))) return;
    if (task.plan.name === 'expire' || (task.plan.name === 'late' && page.level < 2)) return;
    this.begun.add(sceneOf(task, page));
    const scene = this.play(task, page, person).catch((error: unknown) => {
      if (this.mayGoOn || error instanceof RefusedError) this.complaints.push({ taskId: task.taskId, what: String(error) });
    });
    this.playing.add(scene);
    void scene.finally(() => this.playing.delete(scene));
  }

  /** Waits for the scenes that are going on, but not for ever. */
  async finish(seconds: number): Promise<void> {
    await Promise.race([Promise.all(this.playing), sleep(seconds * 1000, undefined, { ref: false })]);
  }

  /** Everybody looks at the queue and answers what he may, and leaves alone for a while what a page is still to come for. */
  async sweep(): Promise<void> {
    for (const person of this.people.values())
      for (const { handoff_id: id, may_decide } of await person.open())
        if (may_decide && !this.isAwaitingPage(String(id))) await this.decide(null, String(id), person);
  }

  private isAwaitingPage(handoffId: string): boolean {
    if (this.ledger.isTold(handoffId)) return false;
    const since = this.untold.get(handoffId) ?? Date.now();
    this.untold.set(handoffId, since);
    return Date.now() - since < TOLD_WITHIN_MS;
  }

  close(): void {
    this.mayGoOn = false;
  }

  private async play(task: Task, { handoffId, level, packetVersion }: Page, person: Person): Promise<void> {
    const agent = this.agents.get(task.agentId);
    if (!agent) throw new Error(`${task.agentId} is nobody.`);
    const ask = (reply: 'withdraw' | 'add_context') =>
      this.keep(() =>
        agent.asks(
          handoffId,
          task.taskId,
          reply === 'withdraw' ? { reply, reason: 'It has settled itself.' } : { reply, context: CONTEXT },
        ),
      );
    const decide = (who: Person, type?: string) => this.decide(task, handoffId, who, type);
    await this.think();
    const moves = MOVE_SCENES[task.plan.name];
    if (moves)
      return moves({
        task,
        handoffId,
        level,
        packetVersion,
        person,
        colleague: this.colleagueOf(person),
        agent,
        random: this.random,
        decide,
        ...this.ways,
      });
    switch (task.plan.name) {
      case 'acknowledge':
        return this.acknowledgeFirst(task, handoffId, person);
      case 'race':
        return void (await Promise.all([decide(person), decide(this.colleagueOf(person))]));
      case 'withdraw':
        return ask('withdraw');
      case 'withdraw_race':
        return void (await Promise.all([ask('withdraw'), decide(person)]));
      case 'context':
        await ask('add_context');
        await this.think();
        return decide(person);
      case 'context_race':
        return void (await Promise.all([ask('add_context'), decide(person)]));
      default:
        return decide(person);
    }
  }

  private async acknowledgeFirst(task: Task, handoffId: string, person: Person): Promise<void> {
    await this.keep(() => person.moves(handoffId, { move: 'acknowledge' }));
    await this.think();
    if (this.random.next() < 0.5) await this.keep(() => person.moves(handoffId, { move: 'release' }));
    await this.decide(task, handoffId, person);
  }

  /** Until the desk has said who was first; what changed in between is looked at again. */
  private async decide(task: Task | null, handoffId: string, person: Person, type?: string): Promise<void> {
    await this.keep(async () => {
      const detail = await person.looksAt(handoffId);
      if (!detail) throw new Error(`The desk does not show ${handoffId} yet.`);
      if (detail['decision']) return;
      const answer = drawAnswer(detail, this.random, type);
      const { status, body } = await person.decides(handoffId, answer);
      if (status === 201) return this.promised(task, handoffId, person, answer, String(body['decision_id']));
      if (status === 202 || (status === 409 && body['code'] === 'already_decided')) return; // a vote, or too late
      if (status === 422 || status === 403) throw new RefusedError(`${person.id}'s ${JSON.stringify(answer)}`, status, body);
      throw new Error(`The desk said ${status}: ${String(body['detail'])}`);
    });
  }

  /** Now and then the same answer is sent again, as a page that heard nothing would: it must be the same decision. */
  private async promised(task: Task | null, handoffId: string, person: Person, answer: object, decisionId: string): Promise<void> {
    task?.promised.push({ at: Date.now(), handoffId, decisionId, by: person.id });
    if (!task || this.random.next() > 0.15) return;
    const again = await this.keep(() => person.decides(handoffId, answer));
    task.repeats++;
    if (again.status === 201 && again.body['decision_id'] === decisionId) return;
    this.complaints.push({
      taskId: task.taskId,
      what: `The same answer again was answered ${again.status}: ${JSON.stringify(again.body).slice(0, 200)}`,
    });
  }

  private async keep<T>(work: () => Promise<T>): Promise<T> {
    return persist(work, () => this.mayGoOn);
  }

  private async think(): Promise<void> {
    await sleep(this.random.next() * THINKS_MS);
  }

  private colleagueOf(person: Person): Person {
    return [...this.people.values()].find((it) => it !== person && ['ana', 'ben'].includes(it.id)) ?? person;
  }
}

const CONTEXT = { current_state: 'The customer has written again and is content with a voucher.' } as const;

/** One scene for each handoff; for one that moves to other levels one for each, and one for each delivery. */
function sceneOf({ plan }: Task, { handoffId, level, packetVersion }: Page): string {
  if (plan.name === 'late' || plan.name === 'escalate') return `${handoffId}/${level}`;
  return kindOf(plan) === 'delegation' ? `${handoffId} v${packetVersion}` : handoffId;
}
