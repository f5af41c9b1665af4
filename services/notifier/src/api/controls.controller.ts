import { Transactions } from '@handoff/bus';
import {
  CONTROLS,
  handoffControls,
  hours,
  minutes,
  MOST_REASON_CHARACTERS,
  validate,
  type Control,
  type HandoffControl,
  type Seconds,
} from '@handoff/contracts';
import { channelOf, Problem, valueOrProblem } from '@handoff/runtime';
import { Body, Controller, Get, HttpCode, Inject, Post, UseGuards } from '@nestjs/common';
import { IsIn, IsInt, IsNotEmpty, IsString, Max, MaxLength, Min } from 'class-validator';
import { DataSource } from 'typeorm';
import { changeControl, pausesOf, releaseChannel } from '../store/controls.js';
import { audit, deskAct } from '../store/decisions.js';
import type { SignedIn } from '../store/sessions.js';
import { leadsOnly } from './refusal.js';
import { Me, SessionGuard } from './session.guard.js';

class Named {
  @IsIn(CONTROLS) readonly control!: Control;
  /** The agent's id, the team's id, or the channel. */
  @IsString() @IsNotEmpty() @MaxLength(256) readonly name!: string;
  @IsString() @IsNotEmpty() @MaxLength(MOST_REASON_CHARACTERS) readonly reason!: string;
}

class PauseRequest extends Named {
  /** From now on, by the database's clock. */
  @IsInt() @Min(minutes(1)) @Max(hours(24 * 7)) readonly for_seconds!: Seconds;
}

/** Leads pause an agent, a team or a channel, for a while and for a reason; the services concerned hear of it by events. */
@Controller('desk/v1/controls')
@UseGuards(SessionGuard)
export class ControlsController {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(DataSource) private readonly source: DataSource,
  ) {}

  @Get()
  async list(@Me() { tenant }: SignedIn): Promise<{ readonly pauses: readonly HandoffControl[] }> {
    return { pauses: await pausesOf(this.source.manager, tenant) };
  }

  @Post('pause')
  @HttpCode(201)
  async pause(@Me() who: SignedIn, @Body() body: unknown): Promise<HandoffControl> {
    const request = valueOrProblem(validate(PauseRequest, body));
    return this.change(who, request, request.for_seconds);
  }

  @Post('resume')
  @HttpCode(200)
  async resume(@Me() who: SignedIn, @Body() body: unknown): Promise<HandoffControl> {
    return this.change(who, valueOrProblem(validate(Named, body)), null);
  }

  private async change(who: SignedIn, { control, name, reason }: Named, forSeconds: Seconds | null): Promise<HandoffControl> {
    const { person, tenant } = who;
    leadsOnly(person, 'pause something');
    return this.transactions.run(async (tx) => {
      const changed = await changeControl(tx, { tenant, control, name, reason, by: person.subject, forSeconds });
      if (!changed) throw new Problem(404, 'not_paused', `The ${control} ${name} is not paused; nothing was changed.`);
      const { until } = changed;
      if (control === 'channel' && forSeconds === null) await releaseChannel(tx, tenant, name);
      await audit(tx, [deskAct(who, forSeconds === null ? 'resume' : 'pause', { control, name, reason, until })]);
      tx.publish(handoffControls, [changed], { identityOf: ({ id, version }) => [id, version] });
      tx.notify(channelOf('notifier'), ''); // senders look at once, and pages at everything
      return changed;
    });
  }
}
