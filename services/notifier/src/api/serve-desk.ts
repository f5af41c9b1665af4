import cookies from '@fastify/cookie';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { NotifierConfig } from '../notifier.config.js';
import { refuseKeys } from './refuse-keys.js';

const CONTENT_SECURITY_POLICY = [
  `default-src 'self'`,
  `script-src 'self'`,
  `style-src 'self' 'unsafe-inline'`, // the component library sets its variables in style elements; scripts may not
  `img-src 'self' data:`,
  `connect-src 'self'`,
  `object-src 'none'`,
  `base-uri 'none'`,
  `form-action 'self'`,
  `frame-ancestors 'none'`,
].join('; ');

const FORM_BYTES = 256 * 1024;

/** No keys, cookies, headers that hold for every answer, and the desk's own files. */
export async function serveDesk(app: NestFastifyApplication): Promise<void> {
  const { DESK_DIR } = app.get(NotifierConfig);
  await app.register(cookies as never); // typed for another copy of Fastify's declarations
  // A form's bytes as they came: what is signed are these, and not what they mean.
  app.useBodyParser('application/x-www-form-urlencoded', { bodyLimit: FORM_BYTES }, (_request, body, done) => done(null, body));
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', refuseKeys)
    .addHook('onSend', async (_request, reply) => {
      void reply
        .header('content-security-policy', CONTENT_SECURITY_POLICY)
        .header('x-content-type-options', 'nosniff')
        .header('referrer-policy', 'no-referrer')
        .header('x-dns-prefetch-control', 'off') // else the hosts of a packet's links are looked up as soon as they are shown
        .header('cross-origin-opener-policy', 'same-origin');
    });
  if (!DESK_DIR) return;
  const { default: files } = await import('@fastify/static'); // loaded where it serves: the API alone does not need it
  await app.register(files as never, { root: DESK_DIR, wildcard: false, cacheControl: true, maxAge: 0 } as never);
}
