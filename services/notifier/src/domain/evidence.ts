import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import {
  sha256,
  type AuditEntry,
  type HandoffDecision,
  type HandoffId,
  type HandoffMove,
  type HandoffRouted,
  type Json,
  type JsonObject,
  type Packet,
  type TenantId,
} from '@handoff/contracts';
import canonicalize from 'canonicalize';
import { FlattenedSign, flattenedVerify, type FlattenedJWS } from 'jose';

/** All that is kept of one handoff, as it stood when it was exported. */
export interface Evidence {
  readonly format: 'handoff-evidence/1';
  readonly tenant: TenantId;
  readonly handoff_id: HandoffId;
  readonly exported_at: string;
  readonly exported_by: string;
  readonly handoff: JsonObject;
  /** Every version, masked as it was seen; `sha256` is of its RFC 8785 form. */
  readonly packets: readonly { readonly packet_version: number; readonly sha256: string; readonly packet: Packet }[];
  readonly routed: HandoffRouted | null;
  readonly notifications: readonly object[];
  readonly moves: readonly HandoffMove[];
  readonly decision: HandoffDecision | null;
  /** The oldest first. */
  readonly audit: readonly AuditEntry[];
}

/** One file: the evidence to be read, and its signature (a JSON Web Signature with a detached payload, RFC 7515 appendix F). */
export interface SignedEvidence {
  readonly evidence: Evidence;
  readonly signature: Pick<FlattenedJWS, 'protected' | 'signature'>;
}

/** The payload is the evidence in its RFC 8785 form, so that spaces and the order of keys do not matter. */
const payloadOf = (evidence: unknown): Uint8Array => Buffer.from(canonicalize(evidence) ?? '');

export const digestOf = (value: Json | object): string => sha256(canonicalize(value) ?? '');

/** @param base64 an Ed25519 key in PKCS #8, as `openssl genpkey -algorithm ed25519 -outform DER | base64` makes it */
export function signingKeyOf(base64: string): KeyObject {
  const key = createPrivateKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'pkcs8' });
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError(`an Ed25519 key is needed, not ${key.asymmetricKeyType ?? 'another'}`);
  return key;
}

/** For those who verify: as a JSON Web Key (RFC 8037), whose id is the key's own thumbprint. */
export function publicKeyOf(key: KeyObject): JsonObject {
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  return { kty: 'OKP', crv: 'Ed25519', x, alg: 'EdDSA', use: 'sig', kid: thumbprintOf(x) };
}

/** RFC 7638. */
const thumbprintOf = (x: string): string =>
  createHash('sha256')
    .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url');

export async function signEvidence(evidence: Evidence, key: KeyObject): Promise<SignedEvidence> {
  const header = { alg: 'EdDSA', typ: 'handoff-evidence+jws', kid: String(publicKeyOf(key)['kid']) };
  const signed = await new FlattenedSign(payloadOf(evidence)).setProtectedHeader(header).sign(key);
  return { evidence, signature: { protected: signed.protected ?? '', signature: signed.signature } };
}

export type Verified =
  { readonly kind: 'valid'; readonly evidence: Evidence; readonly kid: string } | { readonly kind: 'invalid'; readonly why: string };

/** Whether the file is what the holder of this key signed, and whether each packet is the one whose digest it names. */
export async function verifyEvidence(file: unknown, publicKey: KeyObject): Promise<Verified> {
  const { evidence, signature } = (file ?? {}) as Partial<SignedEvidence>;
  if (!evidence || !signature?.protected || !signature.signature)
    return { kind: 'invalid', why: 'It is no evidence file: evidence or signature is missing.' };
  const payload = Buffer.from(payloadOf(evidence)).toString('base64url');
  try {
    const { protectedHeader } = await flattenedVerify({ ...signature, payload }, publicKey, { algorithms: ['EdDSA', 'Ed25519'] });
    const changed = evidence.packets.find(({ packet, sha256: told }) => digestOf(packet) !== told);
    if (changed) return { kind: 'invalid', why: `Packet version ${changed.packet_version} is not the one of its digest.` };
    return { kind: 'valid', evidence, kid: protectedHeader?.kid ?? '' };
  } catch (error) {
    return {
      kind: 'invalid',
      why: `The signature does not fit: the file was changed, or another key signed it (${(error as Error).message}).`,
    };
  }
}
