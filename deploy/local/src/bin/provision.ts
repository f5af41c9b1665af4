/** Makes the roles and schemas on DATABASE_URL; a service's own address (INTAKE_DATABASE_URL, …) says which password its role has. */
import { HandoffError } from '@handoff/contracts';
import { provisionDatabase } from '../database/provision-database.js';
import { SERVICE_SCHEMAS } from '../database/service-schema.js';
import { logToStderr } from '../log.js';

const { DATABASE_URL = '', DATABASE_NAME, ROLE_PASSWORD_KEY } = process.env;
const passwords = SERVICE_SCHEMAS.flatMap(({ service, schema }) => {
  const url = process.env[`${schema.toUpperCase()}_DATABASE_URL`];
  return url ? [[service, decodeURIComponent(new URL(url).password)]] : [];
});

try {
  await provisionDatabase(DATABASE_URL, {
    ...(DATABASE_NAME ? { database: DATABASE_NAME } : {}),
    ...(ROLE_PASSWORD_KEY ? { passwordKey: ROLE_PASSWORD_KEY } : {}),
    passwords: Object.fromEntries(passwords),
  });
  logToStderr('Each service has its role and its schema.');
} catch (error) {
  if (!(error instanceof HandoffError)) throw error;
  logToStderr(error.message);
  process.exitCode = 1;
}
