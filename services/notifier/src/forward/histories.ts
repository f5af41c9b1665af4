import { isJsonObject, SERVICES, type HandoffId, type HistoryLine, type Service, type TaskId, type Timeline } from '@handoff/contracts';
import { OtherServices, Problem, readPart, type Answered, type Asker, type NoAnswer } from '@handoff/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { mergeHistory, type GatheredPart } from '../domain/merge-history.js';
import { historyOf } from '../store/history-of.js';
import { kinOf, type Kin } from '../store/strands.js';

/** Who waits for a timeline waits for the slowest part, and for no longer than this. */
const WITHIN_SECONDS = 4;
const WHY: Readonly<Record<NoAnswer['kind'], string>> = {
  'not-reached': 'it is out of reach',
  lost: 'it did not answer in time',
  'too-large': 'its answer is too large',
};

/** What every service knows of a handoff, asked in the name of whoever wants to know. */
@Injectable()
export class Histories {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(OtherServices) private readonly services: OtherServices,
  ) {}

  /** @throws Problem where nobody who answers has heard of it */
  async timeline(handoffId: HandoffId, asker: Asker): Promise<Timeline> {
    return this.gather(handoffId, await this.kinOf(handoffId, asker), asker);
  }

  /** @throws Problem where it has several histories, or none */
  async timelineOfTask(task: TaskId, asker: Asker): Promise<Timeline> {
    const [only, ...others] = await this.handoffsOf(task, asker);
    if (only === undefined) throw new Problem(404, 'not_found', `There is neither a handoff nor a task ${task}.`);
    const kin = await this.kinOf(only, asker);
    const unlisted = others.filter((id) => !kin.strands.some(({ handoff_id }) => handoff_id === id));
    if (unlisted.length <= kin.leftOut) return this.gather(only, kin, asker); // one history has them all
    const detail = `Task ${task} has ${others.length + 1} handoffs; name one of them: ${[only, ...others].join(', ')}.`;
    throw new Problem(409, 'several_handoffs', detail, { handoffs: [only, ...others] });
  }

  private kinOf(handoffId: HandoffId, { tenant }: Asker): Promise<Kin> {
    return kinOf(this.source.manager, tenant, handoffId);
  }

  private async gather(handoffId: HandoffId, kin: Kin, asker: Asker): Promise<Timeline> {
    const strands = kin.strands.length > 0 ? kin.strands : [{ handoff_id: handoffId, task_id: null, kind: null }];
    const parts = await Promise.all(strands.flatMap((it) => SERVICES.map((service) => this.part(service, it.handoff_id, asker))));
    const timeline = mergeHistory({ handoffId, strands, strandsLeftOut: kin.leftOut, parts });
    if (timeline.lines.length > 0) return timeline;
    const unasked = timeline.gaps.length > 0 ? ` ${timeline.gaps.map(({ service }) => service).join(', ')} did not answer.` : '';
    throw new Problem(404, 'not_found', `Nobody has heard of a handoff ${handoffId}.${unasked}`, { gaps: timeline.gaps });
  }

  /** The handoffs of a task; intake keeps whose they are. */
  private async handoffsOf(task: TaskId, asker: Asker): Promise<readonly HandoffId[]> {
    const path = `/v1/tasks/${encodeURIComponent(task)}/handoffs`;
    const answer = await this.services.ask('intake', asker, { method: 'GET', path, withinSeconds: WITHIN_SECONDS });
    const body = bodyOf(answer);
    if (!body)
      throw new Problem(503, 'service_away', 'intake, which knows the handoffs of a task, does not answer. Name the handoff itself.', {
        service: 'intake',
      });
    return (body['items'] as readonly { readonly handoff_id: HandoffId }[]).map(({ handoff_id }) => handoff_id); // intake's own form
  }

  private async part(service: Service, handoffId: HandoffId, asker: Asker): Promise<GatheredPart> {
    const of = { service, handoffId };
    if (service === 'notifier') return { ...of, kind: 'told', lines: await readPart(this.source.manager, historyOf, handoffId, asker) };
    if (!this.services.isSetUp(service)) return { ...of, kind: 'gap', why: 'its address is not set at the desk' };
    const path = `/v1/handoffs/${handoffId}/history`;
    const answer = await this.services.ask(service, asker, { method: 'GET', path, withinSeconds: WITHIN_SECONDS });
    const body = bodyOf(answer);
    if (body) return { ...of, kind: 'told', lines: body['lines'] as readonly HistoryLine[] }; // a service's own form
    return { ...of, kind: 'gap', why: answer.kind === 'answered' ? `it answered ${answer.status}` : WHY[answer.kind] };
  }
}

function bodyOf(answer: Answered | NoAnswer): Readonly<Record<string, unknown>> | null {
  if (answer.kind !== 'answered' || answer.status !== 200) return null;
  const body: unknown = JSON.parse(answer.body.toString());
  return isJsonObject(body) ? body : null;
}
