import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { keptSecret } from '../kept-secret.js';
import type { Secrets } from './service-env.js';

/** Kept with the data they belong to: what intake encrypted stays readable after a restart. */
export async function keepSecrets(stateDir: string): Promise<Secrets> {
  const folder = join(stateDir, 'secrets');
  const base64 = (): string => randomBytes(32).toString('base64');
  const [signInLink, webhook, dataKey, serviceToken] = await Promise.all([
    keptSecret(join(folder, 'sign-in-link')),
    keptSecret(join(folder, 'webhook'), () => `whsec_${base64()}`),
    keptSecret(join(folder, 'data-key'), base64),
    keptSecret(join(folder, 'service-token')),
  ]);
  return { signInLink, webhook, dataKey, serviceToken };
}
