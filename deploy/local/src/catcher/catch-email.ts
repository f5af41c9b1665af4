import type { AddressObject } from 'mailparser';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { CaughtEmail } from './messages.js';

const MAX_MAIL_BYTES = 1024 * 1024;

/** A mail server that takes everything from anybody on this machine and delivers nothing. */
export async function catchEmail(
  host: string,
  port: number,
  keep: (mail: Omit<CaughtEmail, 'id' | 'at'>) => void,
): Promise<() => Promise<void>> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    size: MAX_MAIL_BYTES,
    disableReverseLookup: true,
    closeTimeout: 500, // a client's idle connection must not hold up the end
    onData: (stream, session, done) => {
      simpleParser(stream).then(
        ({ from, subject = '', text = '', headers }) => {
          const to = session.envelope.rcptTo.map(({ address }) => address);
          keep({ kind: 'email', from: from?.text ?? '', to, subject, text: text.trimEnd(), headers: readHeaders(headers) });
          done();
        },
        (error: Error) => done(error),
      );
    },
  });
  server.on('error', () => undefined); // a client that hangs up is its own affair
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return () => new Promise((resolve) => server.close(resolve));
}

function readHeaders(headers: ReadonlyMap<string, unknown>): Record<string, string> {
  return Object.fromEntries([...headers].map(([name, value]) => [name, typeof value === 'string' ? value : addressOr(value)]));
}

function addressOr(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? (value as Partial<AddressObject>).text : undefined;
  return text ?? JSON.stringify(value);
}
