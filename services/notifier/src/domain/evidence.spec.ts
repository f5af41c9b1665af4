import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { DEFAULT_TENANT, newId } from '@handoff/contracts';
import { aPacket } from '@handoff/testing';
import { digestOf, publicKeyOf, signEvidence, signingKeyOf, verifyEvidence, type Evidence } from './evidence.js';

const newKey = () => signingKeyOf(generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'));
const key = newKey();
const packet = aPacket();
const evidence: Evidence = {
  ...{
    format: 'handoff-evidence/1',
    tenant: DEFAULT_TENANT,
    handoff_id: newId(),
    exported_at: '2026-03-01T12:00:00.000Z',
    exported_by: 'ben',
  },
  ...{ handoff: { urgency: 'high' }, packets: [{ packet_version: 1, sha256: digestOf(packet), packet }], routed: null, notifications: [] },
  ...{ moves: [], decision: null, audit: [] },
};

describe('evidence', () => {
  it('is valid as it was signed, however it was written down again', async () => {
    const signed = await signEvidence(evidence, key);
    const { kid } = publicKeyOf(key);
    const { evidence: again, signature } = JSON.parse(JSON.stringify(signed, null, 2)) as typeof signed;
    const reordered = { signature, evidence: Object.fromEntries(Object.entries(again).reverse()) };
    expect(await verifyEvidence(reordered, createPublicKey(key))).toMatchObject({ kind: 'valid', kid });
  });

  it('is not where anything was changed, or another key signed it', async () => {
    const signed = await signEvidence(evidence, key);
    const changed = [
      { ...signed, evidence: { ...evidence, exported_by: 'mallory' } },
      { ...signed, evidence: { ...evidence, audit: [{ id: '1' }] } },
      { ...signed, signature: { ...signed.signature, protected: Buffer.from('{"alg":"none"}').toString('base64url') } },
      { evidence },
      null,
    ];
    for (const file of changed) expect((await verifyEvidence(file, createPublicKey(key))).kind).toBe('invalid');
    expect((await verifyEvidence(signed, createPublicKey(newKey()))).kind).toBe('invalid');
  });

  it('says so where a packet is not the one of its digest', async () => {
    const signed = await signEvidence({ ...evidence, packets: [{ packet_version: 1, sha256: digestOf({}), packet }] }, key);
    expect(await verifyEvidence(signed, createPublicKey(key))).toEqual({
      kind: 'invalid',
      why: 'Packet version 1 is not the one of its digest.',
    });
  });
});
