import type { PushChannel } from '@handoff/contracts';
import type { OnModuleDestroy } from '@nestjs/common';
import type { NotificationChannel } from './channel.js';

/** The channels that are set up in this installation. */
export class Channels implements OnModuleDestroy {
  constructor(readonly all: readonly NotificationChannel[]) {}

  named(name: string): NotificationChannel | undefined {
    return this.all.find(({ channel }) => channel === name);
  }

  has(name: PushChannel): boolean {
    return this.named(name) !== undefined;
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.all.map((channel) => channel.close()));
  }
}
