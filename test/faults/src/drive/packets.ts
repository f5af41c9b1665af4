import { onlyEightFields, packetsFile, readPackets } from '@handoff/local';
import type { JsonObject } from '@handoff/contracts';
import type { Random } from '../random.js';
import { AGENTS, givenTask, passedOn } from './given-tasks.js';
import { kindOf, type Plan, type PlanName } from './plans.js';

/** Fields of a real packet that would tie it to another task, person or instant than the run's. */
const TIES = ['idempotency_key', 'supersedes', 'parent', 'requested_by', 'expires_at', 'allowed_decisions'] as const;
const EXPIRES_AFTER_MS = 4000;
const DUE_WITHIN_MS = 8000;

/** Real packets where somebody has them, else our samples; each made a task of its own. */
export class PacketSource {
  private constructor(
    private readonly packets: readonly JsonObject[],
    private readonly random: Random,
  ) {}

  static async open(random: Random): Promise<PacketSource> {
    return new PacketSource(await readPackets(await packetsFile(null)), random);
  }

  /** The task's packets: two where the plan has its agent ask twice. */
  forTask(taskId: string, agentId: string, plan: Plan): readonly JsonObject[] {
    if (kindOf(plan) === 'delegation')
      return [givenTask(taskId, { agentId: plan.name === 'delegate' ? this.random.pick([agentId, null]) : null, dueBy: this.dueBy() })];
    if (kindOf(plan) === 'transfer')
      return [passedOn(taskId, agentId, plan.name === 'transfer_returned' ? this.anotherThan(agentId) : null)];
    const real = this.random.pick(this.packets);
    const free = Object.fromEntries(Object.entries(real).filter(([field]) => !TIES.some((tie) => tie === field)));
    const base = this.random.next() < 0.3 ? onlyEightFields(free) : free;
    const first = { ...base, task_id: taskId, agent: { id: agentId }, urgency: urgencyOf(plan.name), ...endOf(plan.name) };
    switch (plan.name) {
      case 'twin':
        return [withAction(first, 1, 'once'), withAction(first, 1, 'asked again')];
      case 'related':
        return [withAction(first, 1, 'this'), withAction(first, 2, 'and that')];
      case 'pair':
        return [{ ...first, tags: ['pair'] }];
      default:
        return [first];
    }
  }

  /** Of half of what is given: some of it is late before it is delivered. */
  private dueBy(): string | null {
    return this.random.next() < 0.5 ? null : new Date(Date.now() + this.random.next() * DUE_WITHIN_MS).toISOString();
  }

  private anotherThan(agentId: string): string {
    return this.random.pick(AGENTS.filter((it) => it !== agentId));
  }
}

const urgencyOf = (name: PlanName): string => (name === 'late' ? 'high' : 'medium');

const endOf = (name: PlanName): JsonObject =>
  name === 'expire' ? { expires_at: new Date(Date.now() + EXPIRES_AFTER_MS).toISOString() } : {};

/** An action of our own: what a real packet recommends may be nothing at all, and that is never asked for twice. */
function withAction(packet: JsonObject, order: number, request: string): JsonObject {
  const recommended_action = { kind: 'tool_call', name: 'refund_order', args: { order, amount: 12.5, note: 'arrived broken' } };
  return { ...packet, recommended_action, original_request: `${String(packet['original_request'])} (${request})` };
}
