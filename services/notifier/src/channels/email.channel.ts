import type { DecisionType } from '@handoff/contracts';
import { createTransport, type SendMailOptions, type Transporter } from 'nodemailer';
import { emailText } from '../domain/email-text.js';
import { linkToMine } from '../domain/handoff-copy.js';
import type { Message } from '../domain/message.js';
import { wordsOf } from '../domain/message-words.js';
import type { NotificationChannel, SendResult } from './channel.js';

export interface EmailSettings {
  readonly smtpUrl: string;
  readonly from: string;
  /** Where the desk is: its pages are what the links of a mail lead to. */
  readonly deskUrl: string;
}

const LABELS: Readonly<Partial<Record<DecisionType, string>>> = {
  approve: 'Approve',
  reject: 'Reject',
  respond: 'Answer in words',
  take_over: 'Take over',
};

/** Plain text, one thread per handoff. A mail that was sent stays as it is; what changes comes as one more in its thread. */
export class EmailChannel implements NotificationChannel {
  readonly channel = 'email';
  readonly isForPeople = true;
  readonly buttons = Object.keys(LABELS) as readonly DecisionType[]; // the keys are the record's own
  private readonly transport: Transporter;

  constructor(private readonly settings: EmailSettings) {
    this.transport = createTransport({
      url: settings.smtpUrl,
      pool: true,
      maxConnections: 4,
      connectionTimeout: 5000,
      greetingTimeout: 5000,
      socketTimeout: 15_000,
    });
  }

  send(address: string, id: string, message: Message): Promise<SendResult> {
    return this.mail(address, id, message, {});
  }

  update(address: string, reference: string, id: string, message: Message): Promise<SendResult> {
    return this.mail(address, id, message, { inReplyTo: reference, headers: { 'Auto-Submitted': 'auto-generated', Importance: 'low' } });
  }

  private async mail(address: string, id: string, message: Message, more: SendMailOptions): Promise<SendResult> {
    const words = wordsOf(message);
    const thread = `<${words.thread}@handoff>`;
    const messageId = `<${id}@handoff>`;
    const answers = words.buttons.map(({ type, token }) => ({
      label: LABELS[type] ?? type,
      url: `${this.settings.deskUrl}/actions/${token}`,
    }));
    try {
      await this.transport.sendMail({
        from: this.settings.from,
        to: { name: '', address }, // never read as a list of addresses
        subject: words.subject,
        text: emailText(words, answers),
        messageId,
        inReplyTo: thread,
        references: more.inReplyTo ? [thread, String(more.inReplyTo)] : [thread],
        list: { unsubscribe: { url: linkToMine(this.settings.deskUrl) } },
        priority: words.isUrgent ? 'high' : 'normal',
        disableFileAccess: true,
        disableUrlAccess: true,
        ...more,
      });
      return { kind: 'delivered', reference: messageId };
    } catch (error) {
      const { responseCode = 0, message: reason } = error as { responseCode?: number; message: string };
      return { kind: responseCode >= 500 ? 'refused' : 'failed', reason };
    }
  }

  async close(): Promise<void> {
    this.transport.close();
  }
}
