/** The topics as an AsyncAPI 3 document: who writes and reads what, under which key, with the schema of each payload. */
export function asyncApi({ topics, readers, schemas, version }) {
  const parts = new Parts();
  const messages = topics.map((topic) => [nameOf(topic), messageOf(topic, parts.take(topic, schemas.get(topic.topic)))]);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Handoff: topics',
      version,
      license: { name: 'MIT' },
      description:
        'Generated from libs/contracts by `npm run contracts`; change it there. CloudEvents 1.0 in binary mode: `ce_…` headers beside a JSON payload. On topics that agents write, structured CloudEvents and bare JSON without any header are taken too. What no consumer could take goes to `<topic>-dlt`.',
    },
    defaultContentType: 'application/json',
    servers: { kafka: { host: '127.0.0.1:4192', protocol: 'kafka', description: 'Where `npm start` has it.' } },
    channels: Object.fromEntries(topics.map((topic) => [nameOf(topic), channelOf(topic)])),
    operations: Object.fromEntries(topics.flatMap((topic) => operationsOf(topic, readers.get(topic.topic)))),
    components: {
      messageTraits: { cloudEvent: { headers: CLOUD_EVENT } },
      messages: Object.fromEntries(messages),
      schemas: Object.fromEntries(Object.entries(parts.schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  };
}

const CLOUD_EVENT = {
  type: 'object',
  properties: {
    ce_id: { type: 'string', description: 'The same each time that the event is sent.' },
    ce_type: { type: 'string' },
    ce_source: { type: 'string' },
    ce_subject: { type: 'string' },
    ce_time: { type: 'string', format: 'date-time' },
    correlationid: { type: 'string' },
    causationid: { type: 'string' },
    traceparent: { type: 'string', description: 'W3C Trace Context.' },
  },
};

const nameOf = ({ topic }) => topic.replaceAll('.', '_');

const channelOf = (topic) => ({
  address: topic.topic,
  summary: topic.about,
  messages: { event: { $ref: `#/components/messages/${nameOf(topic)}` } },
  bindings: {
    kafka: {
      topic: topic.topic,
      partitions: topic.partitions,
      topicConfiguration: {
        'cleanup.policy': [topic.retention === null ? 'compact' : 'delete'],
        ...(topic.retention === null ? {} : { 'retention.ms': topic.retention * 1000 }),
        'max.message.bytes': topic.maxMessageBytes,
      },
      bindingVersion: '0.5.0',
    },
  },
});

/** By whoever does it: one may write, the other read. */
const operationsOf = (topic, readers) => [
  [`write_${nameOf(topic)}`, operationOf(topic, 'send', `Written by ${[topic.writtenBy].flat().join(', ')}.`)],
  [`read_${nameOf(topic)}`, operationOf(topic, 'receive', `Read by ${readers.join(', ')}.`)],
];

const operationOf = (topic, action, summary) => ({
  action,
  channel: { $ref: `#/channels/${nameOf(topic)}` },
  summary,
  messages: [{ $ref: `#/channels/${nameOf(topic)}/messages/event` }],
});

/** What payloads share is said once; where two topics mean different things by one name, the later one's has its topic before it. */
class Parts {
  schemas = {};

  /** The payload without what it has inside, which is referred to here. `$id` and `$schema` are the file's own. */
  take(topic, { $id: _id, $schema: _schema, $defs = {}, ...payload }) {
    const names = new Map(Object.keys($defs).map((name) => [name, this.#nameFor(topic, name, $defs[name])]));
    for (const [name, schema] of Object.entries($defs)) this.schemas[names.get(name)] = renamed(schema, names);
    return renamed(payload, names);
  }

  #nameFor(topic, name, schema) {
    const before = this.schemas[name];
    const own = renamed(schema, new Map([...JSON.stringify(schema).matchAll(/#\/\$defs\/(\w+)/g)].map(([, it]) => [it, it])));
    return before === undefined || JSON.stringify(before) === JSON.stringify(own) ? name : `${nameOf(topic)}_${name}`;
  }
}

const renamed = (schema, names) =>
  JSON.parse(JSON.stringify(schema).replaceAll(/"#\/\$defs\/(\w+)"/g, (_, name) => `"#/components/schemas/${names.get(name) ?? name}"`));

const messageOf = (topic, payload) => ({
  name: topic.kind === 'event' ? topic.type : topic.topic,
  title: topic.topic,
  summary: topic.about,
  contentType: 'application/json',
  traits: [{ $ref: '#/components/messageTraits/cloudEvent' }],
  payload,
  bindings: { kafka: { key: { type: 'string', description: `\`${topic.key}\`` }, bindingVersion: '0.5.0' } },
});

/** References by where the schema is now. */
export const inPlace = (schema, at) => JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', `"${at}/$defs/`));
