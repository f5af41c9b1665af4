/**
 * Writes docs/contracts from the classes that judge what comes in: a JSON Schema per payload, one for the packet as agents may send it,
 * one for routing's policy file, and the table of topics. With `--check` it writes nothing and fails where what is checked in is not what it would write.
 */
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import * as contracts from '../libs/contracts/dist/index.js';
import { payloadSchema } from '../libs/contracts/tools/payload-schema.mjs';
import { sentDelegationSchema, sentTransferSchema } from '../libs/contracts/tools/sent-form-schemas.mjs';
import { topicTable } from '../libs/contracts/tools/topic-table.mjs';
import { wirePacketSchema } from '../libs/contracts/tools/wire-packet-schema.mjs';
import { policySchema } from '../services/routing/tools/policy-schema.mjs';

const DOCS = new URL('../docs/contracts/', import.meta.url);
/** What agents write has no payload class on its topic: it is read as bytes. */
const INBOUND = {
  'handoff.escalations': wirePacketSchema,
  'handoff.delegations': sentDelegationSchema,
  'handoff.transfers': sentTransferSchema,
  'handoff.replies': () => payloadSchema(contracts.AgentReply, 'handoff.replies'),
  'handoff.outcomes': () => payloadSchema(contracts.AgentOutcome, 'handoff.outcomes'),
};

function schemaOf(topic) {
  if (topic.kind === 'event') return payloadSchema(topic.payload, topic.topic);
  const make = INBOUND[topic.topic];
  if (!make) throw new Error(`Say in ${import.meta.url} what agents may write to ${topic.topic}.`);
  return make();
}

async function pretty(text, name) {
  const path = new URL(name, DOCS).pathname;
  return format(text, { ...(await resolveConfig(path)), filepath: path });
}

const schemas = [...contracts.TOPICS.map((topic) => [topic.topic, schemaOf(topic)]), ['policy', policySchema()]];
const texts = schemas.map(([name, schema]) => [`${name}.schema.json`, JSON.stringify(schema)]);
const files = new Map();
for (const [name, text] of [...texts, ['topics.md', topicTable(contracts.TOPICS)]]) files.set(name, await pretty(text, name));

await mkdir(DOCS, { recursive: true });
const there = (await readdir(DOCS)).filter((name) => name.endsWith('.schema.json') || name === 'topics.md');
const stale = there.filter((name) => !files.has(name));
const changed = [];
for (const [name, text] of files) {
  const before = await readFile(new URL(name, DOCS), 'utf8').catch(() => null);
  if (before !== text) changed.push(name);
}

if (process.argv.includes('--check')) {
  for (const name of [...changed, ...stale]) console.error(`docs/contracts/${name} is not what the contracts say. Run: npm run contracts`);
  process.exitCode = changed.length + stale.length > 0 ? 1 : 0;
} else {
  for (const name of changed) await writeFile(new URL(name, DOCS), files.get(name));
  for (const name of stale) await rm(new URL(name, DOCS));
}
if (process.exitCode !== 1) console.log(`docs/contracts: ${files.size} files, ${changed.length + stale.length} written or removed.`);
