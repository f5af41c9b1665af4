import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { keptSecret } from '../kept-secret.js';
import type { Secrets } from './service-env.js';

/** Kept with the data they belong to: what intake encrypted stays readable after a restart. */
export async function keepSecrets(stateDir: string): Promise<Secrets> {
  const folder = join(stateDir, 'secrets');
  const base64 = (): string => randomBytes(32).toString('base64');
  const [signInLink, canarySignIn, webhook, dataKey, serviceToken, evidenceKey] = await Promise.all([
    keptSecret(join(folder, 'sign-in-link')),
    keptSecret(join(folder, 'canary-sign-in')),
    keptSecret(join(folder, 'webhook'), () => `whsec_${base64()}`),
    keptSecret(join(folder, 'data-key'), base64),
    keptSecret(join(folder, 'service-token')),
    keptSecret(join(folder, 'evidence-key'), ed25519),
  ]);
  return { signInLink, canarySignIn, webhook, dataKey, serviceToken, evidenceKey };
}

/** In PKCS #8, as base64. */
const ed25519 = (): string => generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
