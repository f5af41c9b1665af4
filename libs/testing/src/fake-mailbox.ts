import type { ParsedMail } from 'mailparser';
import type { SMTPServer } from 'smtp-server';
import type { AddressInfo } from 'node:net';

/** A real mail server that keeps what it takes; `refusing` says with what code it answers the next mails instead. */
export class FakeMailbox {
  readonly mails: ParsedMail[] = [];
  /** As they came over the wire. */
  readonly raw: string[] = [];
  refusing: number | null = null;
  private constructor(private readonly server: SMTPServer) {}

  static async start(): Promise<FakeMailbox> {
    const { SMTPServer } = await import('smtp-server'); // large, and most tests send no mail
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      disableReverseLookup: true,
      closeTimeout: 500,
      onData: (stream, _session, done) => void mailbox.take(stream).then(() => done(), done),
    });
    const mailbox = new FakeMailbox(server);
    server.on('error', () => undefined); // a client that hangs up is its own affair
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return mailbox;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    return new Promise((closed) => this.server.close(closed));
  }

  private async take(stream: AsyncIterable<Buffer>): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    if (this.refusing !== null) throw Object.assign(new Error('Not now.'), { responseCode: this.refusing });
    const bytes = Buffer.concat(chunks);
    this.raw.push(bytes.toString('utf8'));
    const { simpleParser } = await import('mailparser');
    this.mails.push(await simpleParser(bytes));
  }
}
