import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { JsonObject } from '@handoff/contracts';
import { REPOSITORY } from '@handoff/local';

/** Two kinds of cases, as agents send them: people always approve the one, and always do otherwise with the other. */
export interface KindsOfCases {
  readonly from: string;
  readonly right: readonly JsonObject[];
  readonly wrong: readonly JsonObject[];
}

const REAL = join(REPOSITORY, '../shared/data/tau_handoff_dev.jsonl.gz');

/** What agents of others really were about to do, of two domains; where these are not there, samples of our own. */
export const kindsOfCases = (count: number): KindsOfCases =>
  existsSync(REAL)
    ? { from: 'real agents', right: real('retail', count), wrong: real('airline', count) }
    : { from: 'our own samples', right: ours(false, count), wrong: ours(true, count) };

interface Line {
  readonly packet: JsonObject;
  readonly features: JsonObject;
  readonly label: JsonObject;
}

/** In a journey `high` is late after seconds, so those are left out. */
function real(domain: string, count: number): readonly JsonObject[] {
  const cases = gunzipSync(readFileSync(REAL))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
    .filter(
      ({ packet, features, label }) => features['domain'] === domain && label['decision_kind'] === 'write' && packet['urgency'] !== 'high',
    );
  return Array.from({ length: count }, (_, at) => cases[Math.floor((at * cases.length) / count)]).flatMap((it) => (it ? [sentIn(it)] : []));
}

/** A packet carries its features, and leaves out what is not known. */
const sentIn = ({ packet, features }: Line): JsonObject => ({
  ...packet,
  features: Object.fromEntries(Object.entries(features).filter(([, value]) => value !== null)),
});

const ours = (isWrong: boolean, count: number): readonly JsonObject[] =>
  Array.from({ length: count }, (_, at) => ({
    original_request: isWrong ? 'Refund the whole order, the customer insists.' : 'Refund the broken jug.',
    recommended_action: { kind: 'tool_call', name: 'refund_order', args: { order_id: `o-${at}`, amount: isWrong ? 900 : 9 } },
    features: { domain: isWrong ? 'orders' : 'jugs' },
  }));
