import { Transactions } from '@handoff/bus';
import { AGENT, fault, isJsonObject, NO_ENVELOPE, type JsonObject, type ServiceClaims } from '@handoff/contracts';
import { CallableBy, Caller, Problem, ServiceTokenGuard, valueOrProblem } from '@handoff/runtime';
import { Body, Controller, HttpCode, HttpStatus, Inject, Post, UseGuards } from '@nestjs/common';
import { takeOutcomes } from '../consumers/take-outcomes.js';
import { readOutcome } from '../domain/read-outcome.js';

/** How a task ended, as its own agent tells it; the door for agents is intake's. */
@Controller('v1/outcomes')
@UseGuards(ServiceTokenGuard)
@CallableBy(AGENT)
export class OutcomesController {
  constructor(@Inject(Transactions) private readonly transactions: Transactions) {}

  /** The same again is the same outcome, and changes nothing. */
  @Post()
  @HttpCode(HttpStatus.ACCEPTED)
  async tell(@Caller() { subject, tenant }: ServiceClaims, @Body() body: unknown) {
    const outcome = valueOrProblem(readOutcome(ofAgent(body, subject), tenant, NO_ENVELOPE));
    await this.transactions.run((tx) => takeOutcomes(tx, [{ outcome, cause: null }]));
    return { outcome_id: outcome.outcome_id };
  }
}

/** Whose key it is, and nobody else: what another agent did is not for this one to say. */
function ofAgent(body: unknown, agentId: string): JsonObject {
  const sent = isJsonObject(body) ? body : {};
  const { agent_id: named = null } = sent;
  if (named !== null && named !== agentId)
    throw Problem.invalid([
      fault('agent_id', 'not_allowed_value', `agent_id differs from the agent of this key, which is "${agentId}". Leave it out.`),
    ]);
  return { ...sent, agent_id: agentId };
}
