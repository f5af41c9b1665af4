import { URGENCIES, type HandoffId } from '@handoff/contracts';
import { Problem, textIn, wordIn, type Query } from '@handoff/runtime';
import { databaseNow, Listener } from '@handoff/store';
import { Controller, Get, Inject, Param, ParseUUIDPipe, Query as FromQuery, Sse, UseGuards, type MessageEvent } from '@nestjs/common';
import { interval, map, merge, Observable } from 'rxjs';
import { DataSource } from 'typeorm';
import { countOpen, earlierRows, findRow, listRows, relatedRows, type ListFilter } from '../store/desk-views.js';
import { threadOf } from '../store/moves.js';
import { versionsOf } from '../store/packets.js';
import { SeenRecorder } from '../store/record-seen.js';
import type { SignedIn } from '../store/sessions.js';
import { askedWithin, delegationOf } from '../store/strands.js';
import { detailOf, summaryOf } from './desk-view.js';
import { Me, SessionGuard } from './session.guard.js';

const HEARTBEAT_MS = 15_000;

/** What people see. That somebody has had a handoff open is kept; nothing else here changes anything. */
@Controller('desk/v1')
@UseGuards(SessionGuard)
export class DeskController {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(Listener) private readonly listener: Listener,
    @Inject(SeenRecorder) private readonly seen: SeenRecorder,
  ) {}

  @Get('handoffs')
  async list(@Me() { person, tenant }: SignedIn, @FromQuery() query: Query) {
    const db = this.source.manager;
    const [found, counts] = await Promise.all([listRows(db, tenant, person, filterOf(query)), countOpen(db, tenant, person)]);
    const now = found[0]?.now ?? (await databaseNow(db));
    return { now: now.toISOString(), counts, items: found.map((row) => summaryOf(row, person)) };
  }

  @Get('handoffs/:id')
  async show(@Me() who: SignedIn, @Param('id', ParseUUIDPipe) id: HandoffId) {
    const db = this.source.manager;
    const { person, tenant } = who;
    const row = await findRow(db, tenant, id);
    const [versions, thread] = await Promise.all([versionsOf(db, id), threadOf(db, id)]);
    const kept = versions.find(({ packet_version }) => packet_version === row?.packet_version);
    if (!row || !kept) throw new Problem(404, 'not_found', `There is no handoff ${id} on this desk.`);
    const [related, earlier, delegation, within] = await Promise.all([
      relatedRows(db, row),
      earlierRows(db, row),
      delegationOf(db, row),
      askedWithin(db, row),
      this.seen.record({ row, who }),
    ]);
    return detailOf({ row, versions, kept, related, earlier, delegation, askedWithin: within, thread }, person);
  }

  /** Says which handoff changed, on whichever replica; an empty id means: look at everything again. */
  @Sse('events')
  events(): Observable<MessageEvent> {
    const changes = new Observable<string>((observer) => this.listener.onNotified((payload) => observer.next(payload)));
    return merge(
      changes.pipe(map((ids): MessageEvent => ({ type: 'changed', data: { handoff_id: ids.includes(' ') ? '' : ids } }))),
      interval(HEARTBEAT_MS).pipe(map((): MessageEvent => ({ type: 'heartbeat', data: {} }))),
    );
  }
}

function filterOf(query: Query): ListFilter {
  return {
    state: wordIn(query, 'state', ['open', 'ended', 'held', 'with_agent'] as const) ?? 'open',
    scope: wordIn(query, 'scope', ['all', 'mine', 'team'] as const) ?? 'all',
    team: textIn(query, 'team'),
    urgency: wordIn(query, 'urgency', URGENCIES),
    agentId: textIn(query, 'agent_id'),
    taskId: textIn(query, 'task_id'),
    actionDigest: textIn(query, 'action_digest'),
    deferred: wordIn(query, 'deferred', ['shown', 'hidden'] as const) === 'shown',
  };
}
