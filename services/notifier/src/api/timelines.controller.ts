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
    return this.histories.timelineOfTask(id as TaskId, caller); // a task may be called anything
  }
}

function unlessUnknown(error: unknown): null {
  if (error instanceof Problem && error.getStatus() === 404) return null;
  throw error;
}
