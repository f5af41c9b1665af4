import type { HandoffAccepted, HandoffRouted, JsonObject, Milliseconds, Urgency } from '@handoff/contracts';
import { dutyAt } from '../domain/duty/duty-at.js';
import type { Policy } from '../domain/policy.js';
import { preview, tryPacket } from '../domain/preview.js';
import type { Ask } from './ask.js';

/** What the policy would have done while a case waited. */
export interface Played {
  /** In turn, the first one included; each was said before anybody acted. */
  readonly told: readonly HandoffRouted[];
  /** Those that followed because whoever was asked had let their time pass. */
  readonly moves: readonly HandoffRouted[];
  /** From the first of these to when somebody acted in the log; null where none was needed. */
  readonly earlier: Milliseconds | null;
}

/** The same choices as the service makes, up to the instant at which somebody acted. */
export class ReplayedPolicy {
  private readonly samples = new Map<string, HandoffAccepted>();

  constructor(private readonly policy: Policy) {}

  play({ line, askedAt }: Ask, urgency: Urgency, actedAt: Date): Played {
    const accepted = { ...this.sampleOf(line, urgency), accepted_at: askedAt.toISOString() };
    const version = { version: 1, policy: this.policy };
    const all = preview(version, (instant) => dutyAt([this.policy], [], instant), accepted, actedAt);
    const told = all.filter(({ routed_at }, at) => at === 0 || Date.parse(routed_at) < actedAt.getTime());
    const moves = told.filter((_, at) => (told[at - 1]?.asked.length ?? 0) > 0); // else nobody was on duty, and nobody was silent
    const [first] = moves;
    return { told, moves, earlier: first ? actedAt.getTime() - Date.parse(first.routed_at) : null };
  }

  /** What a rule can ask of a case: its line, as a tag, and its urgency. */
  private sampleOf(line: number, urgency: Urgency): HandoffAccepted {
    const key = `${line} ${urgency}`;
    const kept = this.samples.get(key);
    if (kept) return kept;
    const read = tryPacket(packetOf(line, urgency), new Date(0));
    if (read.kind === 'faults')
      throw new Error(`The packet of a replayed case is refused: ${read.faults.map(({ message }) => message).join(' ')}`);
    this.samples.set(key, read.value);
    return read.value;
  }
}

const packetOf = (line: number, urgency: Urgency): JsonObject => ({
  ...{ task_id: `line-${line}-${urgency}`, original_request: 'An incident', steps_completed: [], current_state: 'It waits.' },
  ...{ reason_for_escalation: 'Somebody has to take it up.', recommended_action: 'Take it up.', data_links: [] },
  ...{ urgency, tags: [`line-${line}`] },
});
