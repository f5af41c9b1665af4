import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CANARY_AGENT, CANARY_ROBOT, handoffEscalations, handoffReplies, type AgentReply, type HandoffId } from '@handoff/contracts';
import type { Producer } from 'kafkajs';
import type { Log } from '../log.js';
import { canaryMessage } from './canary-packet.js';
import type { CanarySettings } from './canary-settings.js';
import { countRound, stageSeconds } from './canary.metrics.js';
import type { Heard } from './hear.js';
import type { Robot } from './robot.js';
import { Round } from './round.js';
import type { Notified } from './serve.js';
import type { Stage } from './stages.js';

const MOST_EARLY = 1000;

/** Makes its rounds: asks as an agent, answers as its robot, and waits until it has heard all that an agent hears. */
export class Canary {
  /** Nobody else's task begins like that: the robot answers its own and no other. */
  private readonly own = `canary-${randomBytes(8).toString('hex')}-`;
  private count = 0;
  private round: Round | null = null;
  private over: () => void = () => undefined;
  private isMisrouted = false;
  /** Routings that were heard before the acceptance: the topics have no order between them. */
  private readonly early = new Map<HandoffId, readonly string[]>();

  constructor(
    private readonly settings: CanarySettings,
    private readonly producer: Producer,
    private readonly robot: Robot,
    private readonly log: Log,
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && !this.isMisrouted) {
      const begun = Date.now();
      await this.makeRound(signal);
      const rest = this.settings.every * 1000 - (Date.now() - begun);
      await sleep(Math.max(0, rest), undefined, { signal }).catch(() => undefined); // aborted
    }
  }

  hear(heard: Heard): void {
    if (heard.kind === 'routed') return this.hearRouting(heard.handoffId, heard.asked);
    const round = this.round;
    if (heard.taskId !== round?.taskId) return;
    if (heard.kind === 'rejected') return this.log(`The canary was refused: ${heard.why}`);
    if (heard.kind === 'accepted') round.handoffId = heard.handoffId;
    this.reach(heard.kind);
    const asked = round.handoffId && this.early.get(round.handoffId);
    if (round.handoffId && asked) this.hearRouting(round.handoffId, asked);
  }

  /** A round that was given up is answered too, so that nothing of it stays open. */
  notified({ handoffId, taskId, packetVersion }: Notified): void {
    if (!taskId.startsWith(this.own)) return;
    const reach = (stage: Stage): void => {
      if (this.round?.taskId === taskId) this.reach(stage);
    };
    reach('notified');
    this.robot.answer(handoffId, packetVersion).then(
      () => reach('answered'),
      (error: unknown) => this.log(`The canary's robot could not answer: ${String(error)}`),
    );
  }

  private async makeRound(signal: AbortSignal): Promise<void> {
    const round = new Round(`${this.own}${++this.count}`, Date.now());
    const over = new Promise<void>((resolve) => (this.over = resolve));
    this.round = round;
    this.publish(round.taskId).then(
      () => this.round === round && this.reach('published'),
      (error: unknown) => this.log(`The canary could not be published: ${String(error)}`),
    );
    const waiting = new AbortController();
    const given = AbortSignal.any([signal, waiting.signal]);
    await Promise.race([over, sleep(this.settings.wait * 1000, undefined, { signal: given }).catch(() => undefined)]);
    waiting.abort();
    this.round = null;
    this.early.clear();
    if (signal.aborted) return;
    const stopped = round.missing();
    countRound(stopped, Date.now());
    if (stopped) this.log(`The canary did not come back within ${this.settings.wait} s: it did not reach "${stopped}" (${round.taskId})`);
  }

  private async publish(taskId: string): Promise<void> {
    const topic = this.settings.topicPrefix + handoffEscalations.topic;
    await this.producer.send({ topic, acks: -1, messages: [canaryMessage(taskId, this.settings.urgency, new Date())] });
  }

  private hearRouting(handoffId: HandoffId, asked: readonly string[]): void {
    if (this.round?.handoffId !== handoffId) {
      if (this.round && this.early.size < MOST_EARLY) this.early.set(handoffId, asked);
      return;
    }
    if (asked.every((person) => person === CANARY_ROBOT)) return this.reach('routed');
    this.isMisrouted = true;
    this.log(
      `The policy has no rule that sends the canary to its robot: ${asked.join(', ')} would be asked. It is taken back and asks nothing more; see deploy/local/policy.yaml.`,
    );
    void this.takeBack(handoffId).catch((error: unknown) => this.log(`It could not be taken back: ${String(error)}`));
  }

  private async takeBack(handoff_id: HandoffId): Promise<void> {
    const reply: AgentReply = { reply: 'withdraw', handoff_id, agent_id: CANARY_AGENT, reason: 'It was routed to people.' };
    await this.producer.send({
      topic: this.settings.topicPrefix + handoffReplies.topic,
      acks: -1,
      messages: [{ key: this.round?.taskId ?? null, value: JSON.stringify(reply) }],
    });
  }

  private reach(stage: Stage): void {
    const took = this.round?.reach(stage, Date.now()) ?? null;
    if (took !== null) stageSeconds.observe({ stage }, took);
    if (this.round?.missing() === null) this.over();
  }
}
