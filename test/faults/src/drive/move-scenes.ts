import { isJsonObject, type JsonObject } from '@handoff/contracts';
import type { Random } from '../random.js';
import type { Agent } from './agent.js';
import { RefusedError } from './knock.js';
import { CRITERION } from './given-tasks.js';
import type { Task } from './ledger.js';
import type { Person } from './person.js';
import type { PlanName } from './plans.js';

/** One handoff before one person, and what the robots do about it. */
export interface Scene {
  readonly task: Task;
  readonly handoffId: string;
  /** Of the page that began it. */
  readonly level: number;
  readonly packetVersion: number;
  readonly person: Person;
  readonly colleague: Person;
  readonly agent: Agent;
  readonly random: Random;
  /** Again until it works. */
  keep<T>(work: () => Promise<T>): Promise<T>;
  think(): Promise<void>;
  decide(who: Person, type?: string): Promise<void>;
}

/** Scenes in which somebody moves; what is decided in the end is the desk's to say. */
export const MOVE_SCENES: Partial<Readonly<Record<PlanName, (scene: Scene) => Promise<void>>>> = {
  async reassign(scene) {
    await move(scene, { move: 'reassign', to: { kind: 'person', id: scene.colleague.id }, note: 'Yours, I think.' });
    await scene.think();
    await scene.decide(scene.colleague);
  },
  /** Whoever is asked next is paged, which is a scene of its own. */
  async escalate(scene) {
    if (scene.level > 1) return scene.decide(scene.person);
    await move(scene, { move: 'escalate', note: 'Beyond me.' });
  },
  async question(scene) {
    const isAsked = await move(scene, { move: 'request_info', note: 'Which order is it?' });
    if (isAsked) await answerQuestion(scene);
    await scene.think();
    await scene.decide(scene.person);
  },
  async pair(scene) {
    await Promise.all([scene.decide(scene.person), scene.decide(scene.colleague)]);
  },
  async take_over(scene) {
    await scene.decide(scene.person, 'take_over');
    await move(scene, { move: scene.random.pick(['done', 'hand_back']), note: 'Called the customer; sent a voucher.' });
  },
  async delegate_changes(scene) {
    const isSentBack = scene.packetVersion === 2 && (await move(scene, { move: 'request_changes', changes: CHANGES }));
    if (!isSentBack) await scene.decide(scene.person);
  },
  async recall(scene) {
    await scene.decide(scene.person);
    const isRecalled = await move(scene, { move: 'recall', note: 'The wrong order.' });
    if (isRecalled) await answerRecall(scene);
    await move(scene, { move: 'rate', asking_was: 'necessary' });
  },
};

const CHANGES = [{ criterion_id: CRITERION, text: 'One of them has closed.' }] as const;

/** @returns false where the desk says that it makes no sense any more: it has ended, or somebody else has it */
async function move({ keep, person, handoffId }: Scene, request: JsonObject): Promise<boolean> {
  return keep(async () => {
    const { status, body } = await person.moves(handoffId, request);
    if (status === 201 || status === 409 || status === 403) return status === 201;
    if (status === 422) throw new RefusedError(`${person.id}'s ${JSON.stringify(request)}`, status, body);
    throw new Error(`The desk said ${status}: ${String(body['detail'])}`);
  });
}

async function answerQuestion({ keep, agent, handoffId, task }: Scene): Promise<void> {
  await keep(async () => {
    const { body } = await agent.reads(handoffId);
    if (body['decision']) return;
    const open = (Array.isArray(body['questions']) ? body['questions'] : []).filter(isJsonObject).find((it) => it['answer'] === null);
    if (!open) throw new Error(`${agent.id} has not heard the question about ${handoffId} yet.`);
    await agent.asks(handoffId, task.taskId, { reply: 'answer', question_id: String(open['question_id']), text: 'Number 4711.' });
  });
}

async function answerRecall({ keep, agent, handoffId, task, random }: Scene): Promise<void> {
  await keep(async () => {
    const { body } = await agent.reads(handoffId);
    if (!isJsonObject(body['recall'] ?? null)) throw new Error(`${agent.id} has not heard the recall of ${handoffId} yet.`);
    await agent.asks(handoffId, task.taskId, { reply: random.pick(['stopped', 'already_done']), text: 'So it is.' });
  });
}
