import { BODIES } from './bodies.mjs';
import { responsesOf } from './media.mjs';
import { TypeSchemas } from './type-schema.mjs';

/** What each guard wants to see. */
const SECURITY = {
  AgentGuard: 'agentKey',
  SessionGuard: 'session',
  ServiceTokenGuard: 'serviceToken',
};
const SECURITY_SCHEMES = {
  agentKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'An agent’s key (`npm run agent-key -- add <agent_id>`). It never decides anything.',
  },
  session: { type: 'apiKey', in: 'cookie', name: 'handoff_session', description: 'Of a person who is signed in at the desk.' },
  serviceToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'A signed token of a minute, by which our services call each other in somebody’s name.',
  },
};
const PROBLEM = {
  type: 'object',
  description:
    'RFC 9457. `code` is stable; `errors` names every fault of what was sent, each with its path; `retry_after` says in how many seconds to come back. Some say more.',
  required: ['status', 'code', 'title', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    retry_after: { type: 'number' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'code', 'message'],
        properties: { path: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
  additionalProperties: true,
};
const TITLES = {
  intake: 'The agents’ door',
  routing: 'Routing: policies, schedules',
  'sla-monitor': 'SLA monitor: reports',
  notifier: 'The people’s door: the desk',
  feedback: 'Feedback: advice, outcomes, models',
};

/**
 * One service's HTTP as an OpenAPI 3.1 document.
 * @param forwarded finds the route of another service that this one passes on
 */
export function openApi({ service, version, routes, source, known, forwarded }) {
  const types = new TypeSchemas(source.checker, known);
  const paths = {};
  for (const route of routes) {
    const operations = (paths[templateOf(route.path)] ??= {});
    operations[route.method.toLowerCase()] = operationOf(route, { types, source, forwarded });
  }
  return {
    openapi: '3.1.0',
    info: {
      title: TITLES[service],
      version,
      license: { name: 'MIT', identifier: 'MIT' },
      description: `HTTP of ${service}. Generated from its controllers by \`npm run contracts\`; change it there.`,
    },
    servers: [{ url: '/' }],
    tags: tagsOf(routes, source),
    paths,
    components: { securitySchemes: usedSchemes(routes), schemas: sorted({ Problem: PROBLEM, ...withInner(types, paths) }) },
  };
}

const templateOf = (path) => path.replaceAll(/:(\w+)/g, '{$1}');

function operationOf(route, { types, source, forwarded }) {
  const passedOn = forwarded(route);
  const { path, method, guards, roles, isStream } = route;
  const { handler, controller, status, media, takes, writesItself } = passedOn ?? route;
  const said = source.handler(controller, handler);
  const scheme = guards.map((guard) => SECURITY[guard]).find(Boolean);
  const answer = said && !isStream ? (types.ofAnswer(said.answer) ?? (writesItself && said.sent ? types.of(said.sent) : null)) : null;
  return {
    operationId: operationIdOf(route),
    tags: [tagOf(route.controller)],
    summary: said?.summary || `${wordsOf(handler)}: ${tagOf(controller)}`,
    ...describe(said?.description, passedOn, roles),
    ...(passedOn ? { 'x-passed-on-to': passedOn.service } : {}),
    ...(scheme ? { security: [{ [scheme]: [] }] } : { security: [] }),
    ...list('parameters', [
      ...[...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      ...takes.filter(({ kind, name }) => kind === 'query' && name).map(({ name }) => ({ name, in: 'query', schema: { type: 'string' } })),
      ...(takes.some(({ kind }) => kind === 'query') ? (said?.query ?? []) : []).map(({ name, schema }) => ({ name, in: 'query', schema })),
      ...takes
        .filter(({ kind, name }) => kind === 'header' && name)
        .map(({ name }) => ({ name, in: 'header', schema: { type: 'string' } })),
    ]),
    ...bodyOf(method, passedOn ?? route, said, types),
    responses: responsesOf({
      statuses: said && said.statuses.length > 0 ? said.statuses : [status],
      media: [...media, ...(said?.media ?? [])],
      answer,
      isStream,
      isAnyStatus: writesItself && said?.isAnyStatus,
    }),
  };
}

function bodyOf(method, { path, takes }, said, types) {
  const own = BODIES[`${method} ${path}`];
  if (!takes.some(({ kind }) => kind === 'body') && !own) return {};
  const [judge] = said?.bodies.filter((name) => name in types.known) ?? [];
  const schema = own ? own.schema(types) : judge ? types.named(judge) : { type: 'object' };
  return { requestBody: { required: isRequired(schema, types), content: { [own?.type ?? 'application/json']: { schema } } } };
}

/** An empty body is an object without fields. */
function isRequired({ $ref = '', ...inline }, { known }) {
  const { type, required, else: otherwise } = known[$ref.split('/').at(-1)] ?? inline;
  return type !== 'object' || required !== undefined || otherwise !== undefined;
}

function describe(description = '', passedOn, roles) {
  const more = [
    ...(passedOn ? [`Passed on to ${passedOn.service}.`] : []),
    ...(roles.length > 0 ? [`For whoever is one of: ${roles.join(', ')}.`] : []),
  ];
  const words = [description, ...more].filter((it) => it !== '').join(' ');
  return words === '' ? {} : { description: words };
}

/** A handler may serve several paths; each is an operation of its own. */
const operationIdOf = ({ method, path }) =>
  [method.toLowerCase(), ...path.split(/[/.]/).filter(Boolean)].map((it) => it.replaceAll(/\W/g, '_')).join('_');
const wordsOf = (name) => name.replaceAll(/([A-Z])/g, ' $1').replace(/^./, (it) => it.toUpperCase());
const tagOf = (controller) => wordsOf(controller.replace(/Controller$/, '')).trim();
const list = (name, values) => (values.length > 0 ? { [name]: values } : {});

function tagsOf(routes, source) {
  const byTag = new Map();
  for (const { controller, handler } of routes) byTag.set(tagOf(controller), source.handler(controller, handler)?.about ?? '');
  return [...byTag].map(([name, description]) => ({ name, ...(description ? { description } : {}) }));
}

function usedSchemes(routes) {
  const used = new Set(routes.flatMap(({ guards }) => guards.map((guard) => SECURITY[guard])));
  return Object.fromEntries(Object.entries(SECURITY_SCHEMES).filter(([name]) => used.has(name)));
}

/** What is referred to, and what that refers to. */
function withInner(types, paths) {
  const refer = (schema) => {
    for (const [, name] of JSON.stringify(schema).matchAll(/"#\/components\/schemas\/(\w+)/g))
      if (!types.components.has(name) && name in types.known) types.named(name);
  };
  refer(paths);
  for (let size = -1; size !== types.components.size;) {
    size = types.components.size;
    [...types.components.values()].forEach(refer);
  }
  return Object.fromEntries(types.components);
}

const sorted = (fields) => Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
