/**
 * Writes docs/contracts and docs/api from the classes that judge what comes in and the controllers that open it: a JSON Schema per payload, one for
 * the packet as agents may send it, one for routing's policy file, the table of topics, the topics as AsyncAPI, and each service's HTTP as OpenAPI. Nothing may
 * break what a release promised. With `--check` it writes nothing and fails where what is checked in is not what it would write.
 */
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import * as contracts from '../libs/contracts/dist/index.js';
import { payloadSchema } from '../libs/contracts/tools/payload-schema.mjs';
import { sentDelegationSchema, sentTransferSchema } from '../libs/contracts/tools/sent-form-schemas.mjs';
import { topicTable } from '../libs/contracts/tools/topic-table.mjs';
import { wirePacketSchema } from '../libs/contracts/tools/wire-packet-schema.mjs';
import { policySchema } from '../services/routing/tools/policy-schema.mjs';
import { apiDocuments } from './api/documents.mjs';
import { lint } from './api/lint.mjs';
import { readersOf } from './api/read-consumers.mjs';
import { brokenPromises } from './api/released.mjs';

const DOCS = new URL('../docs/', import.meta.url);
const FOLDERS = ['contracts', 'api'];
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

const schemas = new Map([...contracts.TOPICS.map((topic) => [topic.topic, schemaOf(topic)]), ['policy', policySchema()]]);
const readers = await readersOf(contracts);
const documents = await apiDocuments(contracts, schemas, readers);
const texts = [
  ...[...schemas].map(([name, schema]) => [`contracts/${name}.schema.json`, JSON.stringify(schema)]),
  ['contracts/topics.md', topicTable(contracts.TOPICS, readers)],
  ...[...documents].map(([name, document]) => [`api/${name}.json`, JSON.stringify(document)]),
];
const files = new Map();
for (const [name, text] of texts) files.set(name, await pretty(text, name));

const there = [];
for (const folder of FOLDERS) {
  await mkdir(new URL(`${folder}/`, DOCS), { recursive: true });
  there.push(...(await readdir(new URL(`${folder}/`, DOCS))).map((name) => `${folder}/${name}`));
}
const stale = there.filter((name) => (name.endsWith('.json') || name === 'contracts/topics.md') && !files.has(name));
const changed = [];
for (const [name, text] of files) {
  const before = await readFile(new URL(name, DOCS), 'utf8').catch(() => null);
  if (before !== text) changed.push(name);
}

const wrong = [...(await brokenPromises(schemas))];
for (const [name, document] of documents) wrong.push(...(await lint(name, document)));
if (process.argv.includes('--check')) {
  wrong.push(...[...changed, ...stale].map((name) => `docs/${name} is not what the contracts say. Run: npm run contracts`));
} else {
  for (const name of changed) await writeFile(new URL(name, DOCS), files.get(name));
  for (const name of stale) await rm(new URL(name, DOCS));
}
for (const line of wrong) console.error(line);
process.exitCode = wrong.length > 0 ? 1 : 0;
if (process.exitCode !== 1) console.log(`docs: ${files.size} files, ${changed.length + stale.length} written or removed.`);
