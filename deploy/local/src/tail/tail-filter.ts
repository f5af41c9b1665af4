import { isJsonObject, type Urgency } from '@handoff/contracts';
import { textIn, type TailEvent } from './tail-event.js';

export interface TailWanted {
  readonly handoffs: readonly string[];
  readonly events: readonly string[];
  readonly urgency: Urgency | null;
}

/** Urgencies of so many handoffs are remembered; the oldest is forgotten first. */
const MOST = 10_000;

/** Lets through what is wanted. Most events do not say how urgent their handoff is: those that do are remembered for the others. */
export class TailFilter {
  private readonly urgencies = new Map<string, string>();

  constructor(private readonly wanted: TailWanted) {}

  lets(event: TailEvent): boolean {
    const { handoffs, events, urgency } = this.wanted;
    const known = this.urgencyOf(event);
    return (
      (handoffs.length === 0 || (event.handoff_id !== null && handoffs.includes(event.handoff_id))) &&
      (events.length === 0 || events.includes(event.event)) &&
      (urgency === null || known === urgency)
    );
  }

  private urgencyOf({ handoff_id: id, payload }: TailEvent): string | null {
    const { packet, desk } = payload;
    const said = [desk, packet, payload].flatMap((it) => (isJsonObject(it) ? (textIn(it, 'urgency') ?? []) : []))[0];
    if (id === null) return said ?? null;
    if (said !== undefined) this.remember(id, said);
    return this.urgencies.get(id) ?? null;
  }

  private remember(id: string, urgency: string): void {
    const [oldest] = this.urgencies.keys();
    if (oldest !== undefined && this.urgencies.size >= MOST && !this.urgencies.has(id)) this.urgencies.delete(oldest);
    this.urgencies.set(id, urgency);
  }
}
