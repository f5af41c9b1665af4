import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { signingKeyOf, verifyEvidence, type SignedEvidence } from '../domain/evidence.js';

const USAGE = `Says whether a file is the evidence that was exported, unchanged:

  npm run evidence -- verify FILE [--keys FILE]

--keys is what /desk/v1/evidence-keys answers, kept from a time when nobody doubted it; without it the key is that of EVIDENCE_SIGNING_KEY.`;

const [verb, file, option, keysFile] = process.argv.slice(2);
if (verb !== 'verify' || !file || (option !== undefined && (option !== '--keys' || !keysFile))) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  process.exitCode = await verify(file, keysFile ?? null);
}

async function verify(path: string, keys: string | null): Promise<number> {
  try {
    const signed = JSON.parse(await readFile(path, 'utf8')) as Partial<SignedEvidence>; // judged below, whatever it is
    const verified = await verifyEvidence(signed, await keyFor(signed, keys));
    if (verified.kind === 'invalid') {
      console.log(`INVALID: ${verified.why}`);
      return 1;
    }
    const { handoff_id, exported_at, exported_by, packets, audit } = verified.evidence;
    console.log(`Valid: handoff ${handoff_id}, exported by ${exported_by} at ${exported_at}, signed by key ${verified.kid}.`);
    console.log(`${packets.length} packet version(s) with their digests, ${audit.length} audit entries.`);
    return 0;
  } catch (error) {
    console.error(`Nothing was verified: ${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
}

async function keyFor({ signature }: Partial<SignedEvidence>, path: string | null): Promise<KeyObject> {
  const own = process.env['EVIDENCE_SIGNING_KEY'];
  if (path === null && own) return createPublicKey(signingKeyOf(own));
  if (path === null) throw new Error('there is no key to verify with; give --keys, or set EVIDENCE_SIGNING_KEY.');
  const { keys = [] } = JSON.parse(await readFile(path, 'utf8')) as { readonly keys?: readonly (JsonWebKey & { readonly kid?: string })[] };
  const named = JSON.parse(Buffer.from(signature?.protected ?? '', 'base64url').toString() || '{}') as { readonly kid?: string };
  const key = keys.find(({ kid }) => kid === named.kid) ?? keys[0];
  if (!key) throw new Error(`${path} has no key.`);
  return createPublicKey({ key, format: 'jwk' });
}
