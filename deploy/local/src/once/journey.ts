import { isJsonObject, type DecisionType, type Json, type JsonObject } from '@handoff/contracts';
import type { Heard } from '../agent/listen-as-agent.js';
import type { Published } from '../agent/publish-packets.js';

/** What became of one packet, as far as its agent knows. */
export interface Journey {
  readonly published: Published;
  handoffId: string | null;
  rejected: JsonObject | null;
  /** What the person at the desk answered, and when the desk confirmed it. */
  answered: { readonly person: string; readonly type: DecisionType } | null;
  /** How often the desk refused an answer to it. */
  refusals: number;
  decision: JsonObject | null;
  feedback: JsonObject | null;
}

export const STAGES = ['accepted', 'decision', 'feedback'] as const;
export type Stage = (typeof STAGES)[number];

export interface OnceResult {
  readonly published: number;
  readonly accepted: number;
  readonly decided: number;
  readonly feedback: number;
  readonly missing: readonly { readonly task_id: string; readonly missing: readonly Stage[]; readonly why: string | null }[];
  readonly handoffs: readonly JsonObject[];
}

export class Journeys {
  private readonly byTask: ReadonlyMap<string, Journey>;

  constructor(published: readonly Published[]) {
    this.byTask = new Map(published.map((one) => [one.taskId, begin(one)]));
  }

  /** What is heard of tasks that are not of this run is somebody else's. */
  hear(heard: Heard): void {
    const journey = this.byTask.get(heard.taskId);
    if (!journey) return;
    switch (heard.kind) {
      case 'accepted':
        journey.handoffId = heard.handoffId;
        break;
      case 'rejected':
        journey.rejected = heard.event;
        break;
      case 'decision':
        journey.decision = heard.event;
        break;
      case 'feedback':
        journey.feedback = heard.event;
        break;
    }
  }

  all(): readonly Journey[] {
    return [...this.byTask.values()];
  }

  of(taskId: string): Journey | null {
    return this.byTask.get(taskId) ?? null;
  }

  /** Nothing more will come for a packet that was refused, so nobody waits for it. */
  isOver(): boolean {
    return this.all().every((journey) => journey.rejected !== null || missingOf(journey).length === 0);
  }
}

const begin = (published: Published): Journey => ({
  published,
  handoffId: null,
  rejected: null,
  answered: null,
  refusals: 0,
  decision: null,
  feedback: null,
});

export function missingOf({ handoffId, decision, feedback }: Journey): readonly Stage[] {
  const there: Readonly<Record<Stage, boolean>> = {
    accepted: handoffId !== null,
    decision: decision !== null,
    feedback: feedback !== null,
  };
  return STAGES.filter((stage) => !there[stage]);
}

export function summarise(journeys: readonly Journey[]): OnceResult {
  const has = (stage: Stage): number => journeys.filter((journey) => !missingOf(journey).includes(stage)).length;
  return {
    published: journeys.length,
    accepted: has('accepted'),
    decided: has('decision'),
    feedback: has('feedback'),
    missing: journeys
      .filter((journey) => missingOf(journey).length > 0)
      .map((journey) => ({ task_id: journey.published.taskId, missing: missingOf(journey), why: whyRejected(journey) })),
    handoffs: journeys.map(row),
  };
}

function row({ published, handoffId, answered, decision, feedback }: Journey): JsonObject {
  return {
    task_id: published.taskId,
    form: published.form,
    trace_id: published.traceId,
    handoff_id: handoffId,
    decision: decision?.['type'] ?? null,
    decided_by: answered?.person ?? null,
    asking: field(feedback?.['escalation'], 'verdict'),
    asking_source: field(feedback?.['escalation'], 'source'),
    recommendation: field(feedback?.['recommendation'], 'verdict'),
    note: feedback?.['note'] ?? null,
  };
}

/** One line a person reads; what is missing stands out. */
export function describeJourney(journey: Journey): string {
  const missing = missingOf(journey);
  const { decision, decided_by, asking, asking_source, recommendation } = row(journey);
  const said = `${String(decision)} by ${String(decided_by)}; asking was ${String(asking)} (${String(asking_source)}), recommendation ${String(recommendation)}`;
  const why = whyRejected(journey);
  return `${journey.published.taskId}: ${missing.length === 0 ? said : `MISSING ${missing.join(', ')}${why ? ` (refused: ${why})` : ''}`}`;
}

function whyRejected({ rejected }: Journey): string | null {
  if (!rejected) return null;
  const errors = rejected['errors'];
  return Array.isArray(errors) ? errors.map((error: Json) => field(error, 'message')).join(' ') : 'without a reason';
}

const field = (of: Json | undefined, name: string): Json => (isJsonObject(of ?? null) ? ((of as JsonObject)[name] ?? null) : null);
