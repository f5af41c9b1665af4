import type { DecisionType, PersonId } from '@handoff/contracts';
import type { EntityManager } from '@handoff/store';
import type { NotificationChannel } from '../channels/channel.js';
import type { Message } from '../domain/message.js';
import { mintButtons } from '../store/action-tokens.js';
import type { Outlined } from '../store/copies.js';

export interface Buttonless {
  readonly copy: Outlined;
  readonly channel: NotificationChannel;
  readonly message: Message;
  readonly answers: readonly DecisionType[];
}

/** The messages with a button for each answer that their channel has one for. One statement for all, and none where there are no buttons. */
export async function withButtons(db: EntityManager, messages: readonly Buttonless[], hours: number): Promise<readonly Message[]> {
  const buttons = await mintButtons(
    db,
    messages.map(({ copy, channel, message, answers }) => ({
      tenant: copy.tenant,
      handoffId: copy.notification.handoff_id,
      packetVersion: copy.packetVersion,
      subject: copy.notification.recipient as PersonId, // the fallback is nobody, and has no answers
      channel: channel.channel,
      types: message.kind === 'ask' ? answers.filter((type) => channel.buttons.includes(type)) : [],
    })),
    hours,
  );
  return messages.map(({ message }, at) => (message.kind === 'ask' ? { ...message, buttons: buttons[at] ?? [] } : message));
}
