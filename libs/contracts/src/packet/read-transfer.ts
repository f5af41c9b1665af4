import canonicalize from 'canonicalize';
import { fault, refuse, type Fault, type Result } from '../errors.js';
import { sha256 } from '../ids.js';
import { isJsonObject, type Json } from '../json.js';
import { validate } from '../wire/validate.js';
import { normaliseLink } from './normalise-link.js';
import { Packet } from './packet.js';
import { asField, defined, eachOf, readForm, repeatedIds, withId, type SentForm } from './read-form.js';
import { SentTransfer, type AccumulatedState, type Artifact, type Transfer, type TransferResult } from './transfer.js';

/** What every transfer says, if only that there is none of it: what is left out, whoever gets the task could not tell from what is not there. */
export const REQUIRED_OF_TRANSFER: readonly string[] = [
  ...['task_id', 'from', 'to', 'goal', 'results', 'accumulated_state', 'remaining', 'decisions', 'provenance', 'constraints'],
];

const FORM: SentForm<SentTransfer> = {
  kind: 'transfer',
  type: SentTransfer,
  required: REQUIRED_OF_TRANSFER,
  leftOut: { urgency: 'medium', data_links: [] },
  normalise: {
    from: asField('id'),
    to: asField('agent_id'),
    results: eachOf((it, at) => withId(asField('summary')(it), at)),
    constraints: eachOf(asField('text', { kind: 'must' })),
    decisions: eachOf(asField('text')),
    data_links: eachOf(normaliseLink),
  },
};

/** What an agent passes on, as a packet, or everything that is wrong with it at once, by the sender's own paths. */
export function readTransfer(sent: Json): Result<Packet> {
  if (!isJsonObject(sent)) return validate(Packet, sent);
  const read = readForm(FORM, sent);
  if (read.kind === 'faults') return read;
  const faults = faultsWithin(read.value);
  return faults.length > 0 ? refuse(...faults) : validate(Packet, packetOf(read.value));
}

/** What one field cannot know by itself. */
function faultsWithin(sent: SentTransfer): readonly Fault[] {
  const { to, results, artifacts = [], accumulated_state: state } = sent;
  return [
    ...(to.agent_id === undefined && to.capability === undefined
      ? [fault('to', 'missing', 'Name the agent in to.agent_id, or what it must be able to do in to.capability.')]
      : []),
    ...repeatedIds('results', results),
    ...unproven(sent),
    ...artifacts.flatMap((it, at) => faultsOfArtifact(it, `artifacts[${at}]`)),
    ...faultsOfState(state),
  ];
}

/** Every result says where it comes from, and nothing is said of results that are not there. */
function unproven({ results, provenance }: SentTransfer): readonly Fault[] {
  const ids = new Set(results.map(({ id }) => id));
  const proven = new Set(provenance.map(({ result_id }) => result_id));
  return [
    ...results
      .filter(({ id }) => !proven.has(id))
      .map(({ id }) => fault('provenance', 'missing', `Nothing says where result "${id}" comes from.`)),
    ...provenance.flatMap(({ result_id: id }, at) =>
      ids.has(id) ? [] : [fault(`provenance[${at}].result_id`, 'not_allowed_value', `There is no result "${id}".`)],
    ),
  ];
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function faultsOfArtifact({ url, data, stored, sha256: told }: Artifact, at: string): readonly Fault[] {
  const places = [url, data, stored].filter((it) => it !== undefined).length;
  if (places === 0) return [fault(at, 'missing', `${at} has none of url, data and stored; it needs one of them.`)];
  if (places > 1) return [fault(at, 'not_allowed_value', `${at} is in two places; send one of url, data and stored.`)];
  if (data === undefined) return [];
  if (!BASE64.test(data)) return [fault(`${at}.data`, 'bad_format', `${at}.data must be base64.`)];
  return mismatch(`${at}.sha256`, told, sha256(Buffer.from(data, 'base64')));
}

function faultsOfState({ value, stored, sha256: told }: AccumulatedState): readonly Fault[] {
  const at = 'accumulated_state';
  if (stored && value !== undefined)
    return [fault(`${at}.value`, 'not_allowed_value', 'The state is in two places; send value or stored.')];
  if (stored) return told === undefined ? [fault(`${at}.sha256`, 'missing', 'What is stored is named by its sha256.')] : [];
  if (value === undefined) return [fault(`${at}.value`, 'missing', `${at} has neither value nor stored.`)];
  return told === undefined ? [] : mismatch('accumulated_state.sha256', told, sha256(canonicalize(value) ?? ''));
}

const mismatch = (path: string, told: string, found: string): readonly Fault[] =>
  told === found ? [] : [fault(path, 'checksum_mismatch', `${path} is ${told}, and what came has ${found}.`)];

/** The words that every packet has, and the part that transfers have alone: results are steps that were done, artifacts with an address links. */
function packetOf({ goal, results, accumulated_state: state, task_id, urgency, data_links, ...rest }: SentTransfer): object {
  const { authority, parent, resume, idempotency_key, expires_at, tags, metadata, extra, ...terms } = rest;
  return {
    ...defined({ authority, parent, resume, idempotency_key, expires_at, tags, metadata, extra }),
    agent: terms.from,
    task_id,
    original_request: goal,
    steps_completed: results.map((it) => stepOf(it, terms)),
    current_state: { text: terms.remaining.map((it) => `To do: ${it}`).join('\n'), ...defined({ value: state.value }) },
    reason_for_escalation: { code: 'other', text: 'An agent passes its work on to an agent.' },
    recommended_action: { kind: 'none', name: '', args: {}, rationale: '', alternatives: [] },
    urgency,
    data_links: [...data_links, ...linksTo(terms.artifacts ?? [])],
    allowed_decisions: ['reject', 'respond', 'take_over'],
    transfer: { ...defined(terms), state: defined({ schema_id: state.schema_id, sha256: state.sha256, stored: state.stored }) },
  };
}

function stepOf({ id, summary, value }: TransferResult, { provenance }: Pick<SentTransfer, 'provenance'>): object {
  const evidence = provenance.filter(({ result_id }) => result_id === id).map(({ source }) => source);
  return {
    id,
    action: '',
    status: 'done',
    summary,
    evidence: evidence.slice(0, 100),
    ...(value === undefined ? {} : { extra: { value } }),
  };
}

const linksTo = (artifacts: readonly Artifact[]): readonly object[] =>
  artifacts.flatMap(({ name, url, sha256: sum }) => (url === undefined ? [] : [{ id: name, title: name, url, sha256: sum }]));

/** What of a transfer has to be there under its checksum, by the sender's paths. */
export function storedParts({ artifacts = [], state }: Transfer): readonly { readonly path: string; readonly sha256: string }[] {
  return [
    ...artifacts.flatMap(({ stored, sha256: sum }, at) => (stored ? [{ path: `artifacts[${at}]`, sha256: sum }] : [])),
    ...(state.stored && state.sha256 !== undefined ? [{ path: 'accumulated_state', sha256: state.sha256 }] : []),
  ];
}
