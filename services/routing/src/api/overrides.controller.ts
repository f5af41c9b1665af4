import { Transactions, type Transaction } from '@handoff/bus';
import { fault, newId, OPERATOR, validate, type Json, type ServiceClaims } from '@handoff/contracts';
import { CallableBy, Caller, isUuid, Problem, ServiceTokenGuard, valueOrProblem } from '@handoff/runtime';
import { databaseNow } from '@handoff/store';
import { Body, Controller, Delete, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { checkOverride, mayChangeAny, mayOverride, overlapping } from '../domain/duty/check-override.js';
import { standing } from '../domain/duty/may-have.js';
import { addOverride, cancelOverride, findOverride, loadOverrides, lockOverrides } from '../store/overrides.js';
import { Policies } from '../store/policies.js';
import { OverrideBody } from './override-body.js';

interface OverrideView {
  readonly id: string;
  readonly schedule: string;
  readonly person: string;
  readonly from: Date;
  readonly until: Date;
}

/** Somebody else on duty for a while. It holds for whoever is asked from then on. */
@Controller('v1')
@UseGuards(ServiceTokenGuard)
@CallableBy('responder', 'lead', 'admin', OPERATOR)
export class OverridesController {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Policies) private readonly policies: Policies,
  ) {}

  @Post('schedules/:id/overrides')
  add(@Caller() caller: ServiceClaims, @Param('id') schedule: string, @Body() body: Json): Promise<OverrideView> {
    const { person, note = null, instead, from, until } = valueOrProblem(validate(OverrideBody, body));
    const asked = { schedule, person, from: new Date(from), until: new Date(until) };
    return this.transactions.run(async (tx) => {
      await lockOverrides(tx);
      const [{ current }, now] = await Promise.all([this.policies.load(tx, []), databaseNow(tx.db)]);
      const { policy } = current;
      const found = policy.schedules?.find(({ id }) => id === schedule);
      if (!found) throw new Problem(404, 'not_found', `There is no schedule "${schedule}" in the policy.`);
      const faults = checkOverride(asked, policy, now);
      if (faults.length > 0) throw Problem.invalid(faults);
      if (instead) await this.end(tx, caller, instead, now); // in the same instant, so that nobody has it in between
      const others = await loadOverrides(tx, [policy]);
      const other = overlapping(asked, others);
      if (other) throw overlaps(other);
      if (!mayChangeAny(caller.roles) && !mayOverride(caller.subject, asked, found, standing(policy, others)))
        throw notHers(caller.subject);
      return await addOverride(tx, { id: newId(), ...asked, note, createdBy: caller.subject, createdAt: now });
    });
  }

  @Delete('overrides/:id')
  cancel(@Caller() caller: ServiceClaims, @Param('id') id: string): Promise<{ readonly id: string }> {
    return this.transactions.run(async (tx) => {
      await this.end(tx, caller, id, await databaseNow(tx.db));
      return { id };
    });
  }

  private async end(tx: Transaction, { subject, roles }: ServiceClaims, id: string, now: Date): Promise<void> {
    const override = isUuid(id) ? await findOverride(tx, id) : null;
    if (!override) throw new Problem(404, 'not_found', `There is no override "${id}".`);
    if (!mayChangeAny(roles) && subject !== override.createdBy && subject !== override.person) throw notHers(subject);
    if (!(await cancelOverride(tx, id, subject, now))) throw new Problem(409, 'over', 'It is over, or was cancelled before.');
  }
}

function overlaps({ id, person, from, until }: OverrideView): Problem {
  const detail = `${person} has it from ${from.toISOString()} until ${until.toISOString()} by override ${id}; cancel that one first.`;
  return new Problem(409, 'overlaps', detail, { errors: [fault('from', 'not_allowed_value', detail)], override_id: id });
}

const notHers = (subject: string): Problem =>
  new Problem(403, 'not_allowed', `${subject} may take a shift over, or give away one of her own; others are for leads and admins.`);
