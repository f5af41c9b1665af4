import { isJsonObject, type JsonObject } from '@handoff/contracts';

/** Something that an agent was told without having asked. */
export interface Heard {
  readonly agentId: string;
  /** The same again has the same. */
  readonly id: string;
  readonly kind: string;
  readonly handoffId: string;
  /** Which word it is of those that the handoff's topics have; empty where a newer one takes its place. */
  readonly word: string;
  readonly data: JsonObject;
}

/** What the agents that listen were told, each thing once. */
export class Ears {
  /** What came otherwise than was promised. */
  readonly complaints: string[] = [];
  /** Things that were told again. */
  repeats = 0;
  private readonly things = new Map<string, Heard>();
  private readonly byHandoff = new Map<string, Heard[]>();

  constructor(
    /** Who listens. */
    readonly agentIds: readonly string[],
    private readonly onNews: (heard: Heard) => void,
  ) {}

  hear(agentId: string, id: string, kind: string, data: unknown): void {
    if (!isJsonObject(data)) return void this.complaints.push(`${agentId} was told ${JSON.stringify(data)} (${id})`);
    const heard: Heard = { agentId, id, kind, handoffId: String(data['handoff_id']), word: wordOf(kind, data), data };
    const before = this.things.get(`${agentId} ${id}`);
    if (!before) {
      this.things.set(`${agentId} ${id}`, heard);
      this.byHandoff.set(heard.handoffId, [...(this.byHandoff.get(heard.handoffId) ?? []), heard]);
      return this.onNews(heard);
    }
    this.repeats++;
    if (sameAs(before) !== sameAs(heard))
      this.complaints.push(`${agentId} was told "${sameAs(before)}", and then "${sameAs(heard)}" under the same id ${id}`);
  }

  /** By agent; nothing for one that has heard nothing of it. */
  of(handoffId: string): ReadonlyMap<string, readonly Heard[]> {
    const all = this.byHandoff.get(handoffId) ?? [];
    return new Map(this.agentIds.map((agentId) => [agentId, all.filter((it) => it.agentId === agentId)]));
  }

  forget(): void {
    this.things.clear();
    this.byHandoff.clear();
  }
}

const sameAs = ({ kind, handoffId, word }: Heard): string => `${kind} ${word} of ${handoffId}`;

export function wordOf(kind: string, data: JsonObject): string {
  if (kind === 'decision') return String(data['decision_id']);
  return kind === 'assignment' ? `${String(data['event'])} ${String(data['sequence'])}` : '';
}
