/** The catcher as a container of its own. */
import { startCatcher } from '../catcher/start-catcher.js';
import { logToStderr } from '../log.js';

const { WEBHOOK_SIGNING_SECRET = '', HTTP_HOST = '127.0.0.1', HTTP_PORT = '4126', SMTP_PORT = '4125' } = process.env;
const catcher = await startCatcher({
  webhookSecret: WEBHOOK_SIGNING_SECRET,
  host: HTTP_HOST,
  port: Number(HTTP_PORT),
  smtpPort: Number(SMTP_PORT),
});
logToStderr(`Catching on ${catcher.url} and ${catcher.smtpUrl}`);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void catcher.stop());
