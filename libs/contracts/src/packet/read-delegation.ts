import { refuse, type Result } from '../errors.js';
import { isJsonObject, type Json } from '../json.js';
import { validate } from '../wire/validate.js';
import { SentDelegation } from './delegation.js';
import { normaliseLink } from './normalise-link.js';
import { normaliseState } from './normalise-packet.js';
import { Packet } from './packet.js';
import { asField, defined, eachOf, readForm, repeatedIds, withId, type SentForm } from './read-form.js';

/** What every delegation says; the rest may be left out. */
export const REQUIRED_OF_DELEGATION: readonly string[] = ['task_id', 'goal', 'success_criteria', 'constraints', 'context'];

const FORM: SentForm<SentDelegation> = {
  kind: 'delegation',
  type: SentDelegation,
  required: REQUIRED_OF_DELEGATION,
  leftOut: { urgency: 'medium', data_links: [] },
  normalise: {
    success_criteria: eachOf((it, at) => withId(asField('text')(it), at)),
    constraints: eachOf(asField('text', { kind: 'must' })),
    data_links: eachOf(normaliseLink),
    context: normaliseState,
    agent_target: asField('agent_id'),
    reviewer: asField('id', { kind: 'person' }),
  },
};

/** What a person or her system sent, as a packet, or everything that is wrong with it at once, by the sender's own paths. */
export function readDelegation(sent: Json): Result<Packet> {
  if (!isJsonObject(sent)) return validate(Packet, sent);
  const read = readForm(FORM, sent);
  if (read.kind === 'faults') return read;
  const repeated = repeatedIds('success_criteria', read.value.success_criteria);
  return repeated.length > 0 ? refuse(...repeated) : validate(Packet, packetOf(read.value));
}

/** The words that every packet has, and the part that delegations have alone. Nothing is done yet, so nothing is recommended. */
function packetOf({ goal, context, delegated_by, task_id, urgency, data_links, ...rest }: SentDelegation): object {
  const { authority, parent, idempotency_key, expires_at, tags, metadata, extra, ...terms } = rest;
  return {
    ...defined({ authority, parent, idempotency_key, expires_at, tags, metadata, extra }),
    task_id,
    original_request: goal,
    steps_completed: [],
    current_state: context,
    reason_for_escalation: { code: 'other', text: 'A person gives this to an agent.' },
    recommended_action: { kind: 'none', name: '', args: {}, rationale: '', alternatives: [] },
    urgency,
    data_links,
    allowed_decisions: ['reject', 'take_over'],
    delegation: defined({ ...terms, delegated_by }),
  };
}
