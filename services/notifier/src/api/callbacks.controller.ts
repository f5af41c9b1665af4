import { Problem } from '@handoff/runtime';
import { Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Channels } from '../channels/channels.js';
import { ChannelDoors } from './channel-doors.js';

/** What providers send back when somebody presses a button of a copy. Each is verified by its own channel. */
@Controller('channels/:channel/callback')
export class CallbacksController {
  constructor(
    @Inject(Channels) private readonly channels: Channels,
    @Inject(ChannelDoors) private readonly doors: ChannelDoors,
  ) {}

  @Post()
  @HttpCode(200)
  async take(@Param('channel') name: string, @Req() { headers, body }: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const channel = this.channels.named(name);
    if (!channel?.callback) throw new Problem(404, 'not_set_up', `Nothing comes back from ${name} in this installation.`);
    const answer = await channel.callback({ headers, body }, this.doors);
    await reply.status(answer.status).send(answer.body);
  }
}
