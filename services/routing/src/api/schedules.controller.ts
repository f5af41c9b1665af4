import { Transactions, type Transaction } from '@handoff/bus';
import { days, fault, toMilliseconds, type PersonId, type TeamId } from '@handoff/contracts';
import { ANYBODY, CallableBy, instantIn, Problem, ServiceTokenGuard, type Query } from '@handoff/runtime';
import { databaseNow } from '@handoff/store';
import { Controller, Get, Header, Inject, Param, Query as FromQuery, UseGuards } from '@nestjs/common';
import { dutyAt } from '../domain/duty/duty-at.js';
import { standing } from '../domain/duty/may-have.js';
import type { Policy } from '../domain/policy.js';
import { overridesIn } from '../store/overrides.js';
import { Policies } from '../store/policies.js';
import { dutyCalendar, overridesNeeded } from './duty-calendar.js';
import { scheduleView, type ScheduleView } from './schedule-view.js';

const SHOWN = toMilliseconds(days(14));
const MOST_SHOWN = toMilliseconds(days(100));

/** Who is on duty when, by the newest policy. */
@Controller('v1')
@UseGuards(ServiceTokenGuard)
@CallableBy(...ANYBODY)
export class SchedulesController {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Policies) private readonly policies: Policies,
  ) {}

  @Get('schedules')
  list(@FromQuery() query: Query): Promise<{ readonly items: readonly ScheduleView[] }> {
    return this.read(async (tx, policy, now) => {
      const from = instantIn(query, 'from') ?? now;
      const until = instantIn(query, 'until') ?? new Date(from.getTime() + SHOWN);
      if (until <= from || until.getTime() - from.getTime() > MOST_SHOWN)
        throw Problem.invalid([fault('until', 'out_of_range', 'until must be after from, by at most 100 days.')]);
      const overrides = standing(policy, await overridesIn(tx, from, until));
      return { items: (policy.schedules ?? []).map((schedule) => scheduleView(policy, schedule, overrides, from, until)) };
    });
  }

  @Get('on-duty')
  onDuty(
    @FromQuery() query: Query,
  ): Promise<{ readonly teams: readonly { readonly team: TeamId; readonly on_duty: readonly PersonId[] }[] }> {
    return this.read(async (tx, policy, now) => {
      const at = instantIn(query, 'at') ?? now;
      const duty = dutyAt([policy], await overridesIn(tx, at, new Date(at.getTime() + 1)), at);
      return { teams: policy.teams.map(({ id: team }) => ({ team, on_duty: duty.of(team) })) };
    });
  }

  @Get('people/:id/duty.ics')
  @Header('content-type', 'text/calendar; charset=utf-8')
  calendar(@Param('id') id: string): Promise<string> {
    return this.read(async (tx, policy, now) => {
      const person = policy.people.find((it) => it.id === id);
      if (!person) throw new Problem(404, 'not_found', `Nobody is called "${id}" in the policy.`);
      const overrides = standing(policy, await overridesIn(tx, ...overridesNeeded(now)));
      return dutyCalendar(policy, overrides, person.id, now);
    });
  }

  private read<T>(work: (tx: Transaction, policy: Policy, now: Date) => Promise<T>): Promise<T> {
    return this.transactions.run(async (tx) => {
      const [{ current }, now] = await Promise.all([this.policies.load(tx, []), databaseNow(tx.db)]);
      return await work(tx, current.policy, now);
    });
  }
}
