import { OPERATOR, type HandoffId, type ServiceClaims, type TaskId, type Timeline } from '@handoff/contracts';
import { CallableBy, Caller, isUuid, Problem, ServiceTokenGuard } from '@handoff/runtime';
import { Controller, Get, Inject, Param, UseGuards } from '@nestjs/common';
import { Histories } from '../forward/histories.js';

/** The same for whoever runs the installation, who may name the task instead. */
@Controller('operator/v1/timelines')
@UseGuards(ServiceTokenGuard)
@CallableBy(OPERATOR)
export class TimelinesController {
  constructor(@Inject(Histories) private readonly histories: Histories) {}

  @Get(':id')
  async show(@Param('id') id: string, @Caller() caller: ServiceClaims): Promise<Timeline> {
    if (isUuid(id)) {
      const found = await this.histories.timeline(id as HandoffId, caller).catch(unlessUnknown); // it is one
      if (found) return found;
    }
    return this.histories.timeline(await this.ofTask(id as TaskId, caller), caller); // a task may be called anything
  }

  private async ofTask(task: TaskId, caller: ServiceClaims): Promise<HandoffId> {
    const [only, ...others] = await this.histories.handoffsOf(task, caller);
    if (only === undefined) throw new Problem(404, 'not_found', `There is neither a handoff nor a task ${task}.`);
    const strands = await this.histories.strandsOf(only, caller);
    if (others.every((id) => strands.some(({ handoff_id }) => handoff_id === id))) return only; // one history has them all
    const detail = `Task ${task} has ${others.length + 1} handoffs; name one of them: ${[only, ...others].join(', ')}.`;
    throw new Problem(409, 'several_handoffs', detail, { handoffs: [only, ...others] });
  }
}

function unlessUnknown(error: unknown): null {
  if (error instanceof Problem && error.getStatus() === 404) return null;
  throw error;
}
