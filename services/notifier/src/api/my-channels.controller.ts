import { newId, PUSH_CHANNELS, type PushChannel } from '@handoff/contracts';
import { Problem, valueOrProblem } from '@handoff/runtime';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, UseGuards } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { SendResult } from '../channels/channel.js';
import { Channels } from '../channels/channels.js';
import { readPreferences } from '../domain/preferences-request.js';
import { addressOn, disabledBecause, type Preferences } from '../domain/reach.js';
import { NotifierConfig } from '../notifier.config.js';
import { beginLink, unlink } from '../store/accounts.js';
import { takeTurns } from '../store/destinations.js';
import { peopleBySubject, type ReachedPerson } from '../store/directory.js';
import { enableAddress } from '../store/person-channels.js';
import { keepPreferences } from '../store/preferences.js';
import type { SignedIn } from '../store/sessions.js';
import { Me, SessionGuard } from './session.guard.js';

/** Tests are a person's own doing, and still not for flooding a provider. */
const TESTS = { burst: 3, every: 10 };

/** How I am reached: what I have chosen, which accounts are mine, and whether it works. */
@Controller('desk/v1/me')
@UseGuards(SessionGuard)
export class MyChannelsController {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(NotifierConfig) private readonly config: NotifierConfig,
  ) {}

  @Get('channels')
  async show(@Me() who: SignedIn) {
    const person = await this.personOf(who);
    const channels = PUSH_CHANNELS.filter((channel) => this.channels.has(channel)).map((channel) => {
      const address = addressOn(person, channel);
      return {
        channel,
        is_reachable: address !== null,
        is_linked: person.channels.some((it) => it.channel === channel && it.account !== null),
        can_be_linked: channel === 'slack',
        disabled_because: address && disabledBecause(person, channel, address),
      };
    });
    return { channels, preferences: person.preferences };
  }

  @Put('preferences')
  async prefer(@Me() who: SignedIn, @Body() body: unknown): Promise<Preferences> {
    const preferences = valueOrProblem(readPreferences(body, await this.personOf(who)));
    await keepPreferences(this.source.manager, who.tenant, who.person.subject, preferences);
    return preferences;
  }

  /** A code for whoever is signed in; saying it in Slack shows that the account there is hers. */
  @Post('channels/:channel/link')
  async link(@Me() { person, tenant }: SignedIn, @Param('channel') name: string) {
    const channel = this.channelNamed(name);
    if (channel !== 'slack') throw new Problem(404, 'not_linkable', `${name} needs no account of yours; its address is in the directory.`);
    const code = await beginLink(this.source.manager, tenant, person.subject, channel);
    return { code, say: `/handoff link ${code}`, minutes: 10 };
  }

  @Delete('channels/:channel/link')
  @HttpCode(204)
  async unlink(@Me() { person, tenant }: SignedIn, @Param('channel') name: string): Promise<void> {
    await unlink(this.source.manager, tenant, person.subject, this.channelNamed(name));
  }

  /** A notification that asks for nothing. One that arrives puts an address in use again that was given up. */
  @Post('channels/:channel/test')
  @HttpCode(200)
  async test(@Me() who: SignedIn, @Param('channel') name: string) {
    const channel = this.channelNamed(name);
    const person = await this.personOf(who);
    const address = addressOn(person, channel);
    if (address === null)
      throw new Problem(409, 'no_address', `You have no ${channel} address; it is set in the policy’s people, or linked here.`);
    const [turn] = await takeTurns(this.source.manager, [
      { channel, address: `test of ${who.person.subject}`, slaClass: 'normal', messages: 1, ...TESTS },
    ]);
    if (!turn?.granted)
      throw new Problem(429, 'too_many_tests', 'Wait a moment before the next test.', { retry_after: Math.ceil(turn?.nextIn ?? 10) });
    const sent = await this.sendTest(channel, address);
    if (sent.kind === 'delivered') await enableAddress(this.source.manager, who.tenant, who.person.subject, channel);
    return { channel, result: sent.kind, reason: sent.kind === 'delivered' ? null : sent.reason };
  }

  private sendTest(channel: PushChannel, address: string): Promise<SendResult> {
    const text = 'This is a test from the desk. Handoffs that wait for you come this way.';
    const message = { kind: 'notice', subject: 'A test notification', text, link: `${this.config.DESK_URL}/` } as const;
    return (
      this.channels.named(channel)?.send(address, newId(), message) ?? Promise.resolve({ kind: 'refused', reason: 'It is not set up.' })
    );
  }

  private channelNamed(name: string): PushChannel {
    const channel = PUSH_CHANNELS.find((it) => it === name);
    if (!channel || !this.channels.has(channel)) throw new Problem(404, 'not_set_up', `There is no ${name} in this installation.`);
    return channel;
  }

  private async personOf({ person }: SignedIn): Promise<ReachedPerson> {
    const found = (await peopleBySubject(this.source.manager, [person.subject])).get(person.subject);
    if (!found) throw new Problem(401, 'not_signed_in', 'You are not in the directory any more.');
    return found;
  }
}
