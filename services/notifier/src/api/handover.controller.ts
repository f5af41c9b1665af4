import type { TeamId } from '@handoff/contracts';
import { Problem, textIn, type Query } from '@handoff/runtime';
import { databaseNow } from '@handoff/store';
import { Controller, Get, Inject, Query as FromQuery, UseGuards } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { mayLead } from '../domain/rights.js';
import { handoverRows } from '../store/handover-rows.js';
import type { SignedIn } from '../store/sessions.js';
import { summaryOf } from './desk-view.js';
import { Me, SessionGuard } from './session.guard.js';

/** At the end of a shift: what is still open, who is on it, and what was said of it last. */
@Controller('desk/v1/handover')
@UseGuards(SessionGuard)
export class HandoverController {
  constructor(@Inject(DataSource) private readonly source: DataSource) {}

  /** Of the person's teams, and what the person has acknowledged; with `team`, of that one. */
  @Get()
  async list(@Me() { person, tenant }: SignedIn, @FromQuery() query: Query) {
    const asked = textIn(query, 'team') as TeamId | null; // compared with teams, and with nothing else
    if (asked !== null && !person.teams.includes(asked) && !mayLead(person))
      throw new Problem(403, 'not_allowed', `You are no member of ${asked}; only leads and admins see the list of other teams.`);
    const teams = asked === null ? person.teams : [asked];
    const db = this.source.manager;
    const [now, found] = await Promise.all([databaseNow(db), handoverRows(db, tenant, person.subject, teams)]);
    return {
      now: now.toISOString(),
      teams,
      items: found.map(({ comments, ...row }) => ({
        ...summaryOf(row, person),
        acknowledged_at: row.acknowledged_at?.toISOString() ?? null,
        last_comments: comments,
      })),
    };
  }
}
