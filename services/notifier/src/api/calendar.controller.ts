import { noAnswerProblem, OtherServices, Problem } from '@handoff/runtime';
import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { feedOwner } from '../store/calendar-feeds.js';

const FILE = /^([\w-]{1,200})\.ics$/;
const FRESH_SECONDS = 300;

export const calendarPath = (token: string): string => `/calendar/${token}.ics`;

/** What calendars subscribe to. They have no session, so the address itself is the secret; it shows whose duty it is, and opens nothing else. */
@Controller('calendar')
export class CalendarController {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(OtherServices) private readonly services: OtherServices,
  ) {}

  @Get(':file')
  async read(@Param('file') file: string, @Res() reply: FastifyReply): Promise<void> {
    const token = FILE.exec(file)?.[1];
    const owner = token === undefined ? null : await feedOwner(this.source.manager, token);
    if (!owner) throw new Problem(404, 'not_found', 'There is no such calendar, or its address was revoked. Make a new one at the desk.');
    const path = `/v1/people/${encodeURIComponent(owner.person.subject)}/duty.ics`;
    const answer = await this.services.ask('routing', { ...owner.person, tenant: owner.tenant }, { method: 'GET', path });
    if (answer.kind !== 'answered') throw noAnswerProblem({ service: 'routing' }, answer.kind);
    if (answer.status !== 200) throw noAnswerProblem({ service: 'routing' }, 'bad');
    await reply.type('text/calendar; charset=utf-8').header('cache-control', `private, max-age=${FRESH_SECONDS}`).send(answer.body);
  }
}
