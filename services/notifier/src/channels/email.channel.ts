import { createTransport, type Transporter } from 'nodemailer';
import { emailText } from '../domain/email-text.js';
import type { HandoffCopy } from '../domain/handoff-copy.js';
import type { NotificationChannel, SendResult } from './channel.js';

/** Plain text, one thread per handoff. */
export class EmailChannel implements NotificationChannel {
  readonly channel = 'email';
  private readonly transport: Transporter;

  constructor(
    smtpUrl: string,
    private readonly from: string,
  ) {
    this.transport = createTransport({
      url: smtpUrl,
      pool: true,
      maxConnections: 4,
      connectionTimeout: 5000,
      greetingTimeout: 5000,
      socketTimeout: 15_000,
    });
  }

  async send(address: string, id: string, copy: HandoffCopy): Promise<SendResult> {
    const thread = `<${copy.handoffId}@handoff>`;
    try {
      await this.transport.sendMail({
        from: this.from,
        to: address,
        messageId: `<${id}@handoff>`,
        inReplyTo: thread,
        references: thread,
        ...emailText(copy),
      });
      return { kind: 'delivered' };
    } catch (error) {
      const { responseCode = 0, message } = error as { responseCode?: number; message: string };
      return { kind: responseCode >= 500 ? 'refused' : 'failed', reason: message };
    }
  }

  async close(): Promise<void> {
    this.transport.close();
  }
}
