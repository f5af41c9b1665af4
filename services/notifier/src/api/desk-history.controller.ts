import type { HandoffId, Timeline } from '@handoff/contracts';
import { Controller, Get, Inject, Param, ParseUUIDPipe, UseGuards } from '@nestjs/common';
import { Histories } from '../forward/histories.js';
import type { SignedIn } from '../store/sessions.js';
import { Me, SessionGuard } from './session.guard.js';

/** What has happened to a handoff, everywhere, for people at the desk. */
@Controller('desk/v1/handoffs')
@UseGuards(SessionGuard)
export class DeskHistoryController {
  constructor(@Inject(Histories) private readonly histories: Histories) {}

  @Get(':id/history')
  history(@Me() { person, tenant }: SignedIn, @Param('id', ParseUUIDPipe) id: HandoffId): Promise<Timeline> {
    return this.histories.timeline(id, { ...person, tenant });
  }
}
