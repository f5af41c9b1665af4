import { newId } from '@handoff/contracts';
import { LOGGER, type Logger } from '@handoff/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Channels } from '../channels/channels.js';
import { linkToMine } from '../domain/handoff-copy.js';
import { addressOn, disabledBecause } from '../domain/reach.js';
import { NotifierConfig } from '../notifier.config.js';
import { peopleBySubject } from '../store/directory.js';
import type { DisabledAddress } from '../store/person-channels.js';

/** Tells people of their own notifications, on whatever channel still reaches them; the desk shows the same for as long as it is so. */
@Injectable()
export class NoticeTeller {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(NotifierConfig) private readonly config: NotifierConfig,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  addressesDisabled(disabled: readonly DisabledAddress[]): void {
    for (const it of disabled)
      this.tell(it).catch((error: unknown) => this.log.warn({ err: error, subject: it.subject }, 'A notice could not be sent'));
  }

  private async tell({ subject, channel: gone, because }: DisabledAddress): Promise<void> {
    this.log.warn({ subject, channel: gone, error: because }, 'An address is not used any more');
    const person = (await peopleBySubject(this.source.manager, [subject])).get(subject);
    if (!person) return;
    const link = linkToMine(this.config.DESK_URL);
    const text = `Your ${gone} address is not used any more: ${because} Send a test notification from the desk once it works again.`;
    for (const channel of this.channels.all) {
      const address = channel.channel === gone ? null : addressOn(person, channel.channel);
      if (address !== null && disabledBecause(person, channel.channel, address) === null)
        await channel.send(address, newId(), { kind: 'notice', subject: `You are not reached by ${gone} any more`, text, link });
    }
  }
}
