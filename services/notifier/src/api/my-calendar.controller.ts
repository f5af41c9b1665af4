import { Transactions } from '@handoff/bus';
import { OtherServices, Problem } from '@handoff/runtime';
import { Controller, Delete, Get, HttpCode, Inject, Post, UseGuards } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { NotifierConfig } from '../notifier.config.js';
import { feedMadeAt, makeFeed, revokeFeed } from '../store/calendar-feeds.js';
import { audit, deskAct } from '../store/decisions.js';
import type { SignedIn } from '../store/sessions.js';
import { calendarPath } from './calendar.controller.js';
import { Me, SessionGuard } from './session.guard.js';

/** The secret address of a calendar of my duty: made, made anew, and revoked by me alone. */
@Controller('desk/v1/me/calendar')
@UseGuards(SessionGuard)
export class MyCalendarController {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(OtherServices) private readonly services: OtherServices,
    @Inject(NotifierConfig) private readonly config: NotifierConfig,
  ) {}

  @Get()
  async show(@Me() { person, tenant }: SignedIn) {
    const madeAt = await feedMadeAt(this.source.manager, tenant, person.subject);
    return { is_set_up: this.services.isSetUp('routing'), made_at: madeAt?.toISOString() ?? null };
  }

  /** The address is in this answer and nowhere else; whoever has lost it makes another one. */
  @Post()
  async make(@Me() who: SignedIn) {
    if (!this.services.isSetUp('routing'))
      throw new Problem(404, 'not_set_up', 'There are no calendars here: ROUTING_URL or SERVICE_TOKEN_SECRET is not set.');
    const { person, tenant } = who;
    const token = await this.transactions.run(async (tx) => {
      await audit(tx, [deskAct(who, 'make_calendar')]);
      return makeFeed(tx, tenant, person.subject);
    });
    return { url: new URL(calendarPath(token), this.config.DESK_URL).href };
  }

  @Delete()
  @HttpCode(204)
  async revoke(@Me() who: SignedIn): Promise<void> {
    await this.transactions.run(async (tx) => {
      if (await revokeFeed(tx, who.tenant, who.person.subject)) await audit(tx, [deskAct(who, 'revoke_calendar')]);
    });
  }
}
