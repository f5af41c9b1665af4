import { Controller, Get, Inject, UseGuards } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { answerers, type Answerers } from '../store/answerers.js';
import type { SignedIn } from '../store/sessions.js';
import { Me, SessionGuard } from './session.guard.js';

/** Whom a handoff can be handed over to. */
@Controller('desk/v1/directory')
@UseGuards(SessionGuard)
export class DirectoryController {
  constructor(@Inject(DataSource) private readonly source: DataSource) {}

  @Get()
  async list(@Me() { tenant }: SignedIn): Promise<Answerers> {
    return answerers(this.source.manager, tenant);
  }
}
