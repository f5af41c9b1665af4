import type { HandoffId } from '@handoff/contracts';
import { Problem } from '@handoff/runtime';
import { databaseNow, Listener } from '@handoff/store';
import { Controller, Get, Inject, Param, ParseUUIDPipe, Query, Sse, UseGuards, type MessageEvent } from '@nestjs/common';
import { interval, map, merge, Observable } from 'rxjs';
import { DataSource } from 'typeorm';
import { findRow, listRows, relatedRows } from '../store/desk-views.js';
import { packetsOf } from '../store/packets.js';
import type { SignedIn } from '../store/sessions.js';
import { detailOf, summaryOf, type DeskDetail } from './desk-view.js';
import { Me, SessionGuard } from './session.guard.js';

const HEARTBEAT_MS = 15_000;

/** What people see; nothing here changes anything. */
@Controller('desk/v1')
@UseGuards(SessionGuard)
export class DeskController {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(Listener) private readonly listener: Listener,
  ) {}

  @Get('handoffs')
  async list(@Me() { person, tenant }: SignedIn, @Query('state') state: string | undefined): Promise<object> {
    const found = await listRows(this.source.manager, tenant, state === 'ended' ? 'ended' : 'open');
    const now = found[0]?.now ?? (await databaseNow(this.source.manager));
    return { now: now.toISOString(), items: found.map((row) => summaryOf(row, person)) };
  }

  @Get('handoffs/:id')
  async show(@Me() { person, tenant }: SignedIn, @Param('id', ParseUUIDPipe) id: HandoffId): Promise<DeskDetail> {
    const db = this.source.manager;
    const row = await findRow(db, tenant, id);
    const kept = row && (await packetsOf(db, [{ handoffId: id, version: row.packet_version }])).get(id);
    if (!row || !kept) throw new Problem(404, 'not_found', `There is no handoff ${id} on this desk.`);
    return detailOf(row, kept, await relatedRows(db, row), person);
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
