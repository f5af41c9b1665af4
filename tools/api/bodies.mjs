/** What is sent where no class judges it, or more or less of one; by the route of the service that reads it. */
export const BODIES = {
  'POST /v1/handoffs': named('SentPacket'),
  'POST /v1/transfers': named('SentTransferAsWritten'),
  'POST /v1/delegations': named('SentDelegationAsWritten'),
  'POST /v1/delegations/preview': named('SentDelegationAsWritten'),
  'POST /v1/agents/me/delegations': named('SentDelegationAsWritten'),
  'PUT /v1/agents/me': part('AgentAbilities', { without: ['most_at_once'] }),
  'PUT /v1/agents/me/webhook': fields({ url: { type: 'string', format: 'uri', maxLength: 2048 } }),
  'PUT /v1/objects/:sha256': { type: 'application/octet-stream', schema: () => ({ type: 'string', format: 'binary' }) },
  'POST /v1/handoffs/:id/withdraw': part('AgentReply', { of: ['reason'] }),
  'POST /v1/handoffs/:id/context': part('AgentReply', { of: ['context'], required: ['context'] }),
  'POST /v1/handoffs/:id/answers': part('AgentReply', { of: ['question_id', 'text'], required: ['question_id', 'text'] }),
  'POST /v1/handoffs/:id/recall': part('AgentReply', { of: ['reply', 'text'], words: ['stopped', 'already_done'] }),
  'POST /v1/handoffs/:id/replies': part('AgentReply', {
    of: ['reply', 'offer_id', 'text', 'delivery', 'spent', 'decisions'],
    required: ['reply', 'offer_id'],
    words: ['accept', 'refuse', 'progress', 'ask', 'deliver'],
  }),
  'POST /v1/outcomes': part('AgentOutcome', { without: ['agent_id'] }),
  'POST /v1/templates': part('Template', { required: ['id'], more: { from: { type: 'object' } } }),
  'POST /v1/models/:version/promote': fields({ why: { type: 'string', minLength: 1, maxLength: 500 } }),
  'POST /v1/models/rollback': fields({ why: { type: 'string', minLength: 1, maxLength: 500 } }),
};

/** The topics whose records are also sent by HTTP, by what their schemas are called there. */
export const AS_WRITTEN = {
  SentPacket: 'handoff.escalations',
  SentDelegationAsWritten: 'handoff.delegations',
  SentTransferAsWritten: 'handoff.transfers',
};

function named(name) {
  return { schema: (types) => types.named(name) };
}

/** All of these have to be there. */
function fields(properties) {
  return { schema: () => ({ type: 'object', properties, required: Object.keys(properties) }) };
}

/**
 * Some of what a class judges: the door says the rest itself.
 * @param without what need not be there
 * @param words all that `reply` may be
 */
function part(name, { of, without = [], words, more = {}, required }) {
  return {
    schema: ({ known: { [name]: whole } }) => {
      const taken = of ?? Object.keys(whole.properties);
      const wanted = required ?? (whole.required ?? []).filter((field) => taken.includes(field) && !without.includes(field));
      const schemaOf = (field) => (wanted.includes(field) ? notNull(whole.properties[field]) : whole.properties[field]);
      const properties = Object.fromEntries(taken.map((field) => [field, schemaOf(field)]));
      return {
        type: 'object',
        properties: { ...properties, ...more, ...(words ? { reply: { type: 'string', enum: words } } : {}) },
        ...(wanted.length > 0 ? { required: wanted } : {}),
      };
    },
  };
}

function notNull(schema) {
  const ways = (schema.anyOf ?? [schema]).filter(({ type }) => type !== 'null');
  return ways.length === 1 ? ways[0] : { anyOf: ways };
}
