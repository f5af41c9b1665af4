import { STATUS_CODES } from 'node:http';
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
  description: 'RFC 9457. `code` is stable; `errors` names every fault of what was sent, each with its path.',
  required: ['status', 'code', 'title', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'code', 'message'],
        properties: { path: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
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
 * @param bodies what is sent where no class judges it, by `METHOD path`
 * @param forwarded finds the route of another service that this one passes on
 */
export function openApi({ service, version, routes, source, known, bodies, forwarded }) {
  const types = new TypeSchemas(source.checker, known);
  const paths = {};
  for (const route of routes) {
    const operations = (paths[templateOf(route.path)] ??= {});
    operations[route.method.toLowerCase()] = operationOf(route, { types, source, bodies, forwarded });
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
    components: { securitySchemes: usedSchemes(routes), schemas: sorted({ Problem: PROBLEM, ...withInner(types) }) },
  };
}

const templateOf = (path) => path.replaceAll(/:(\w+)/g, '{$1}');

function operationOf(route, { types, source, bodies, forwarded }) {
  const passedOn = forwarded(route);
  const { path, method, guards, roles, isStream } = route;
  const { handler, controller, status, takes } = passedOn ?? route;
  const said = source.handler(controller, handler);
  const scheme = guards.map((guard) => SECURITY[guard]).find(Boolean);
  const answer = said && !isStream ? types.ofAnswer(said.answer) : null;
  return {
    operationId: operationIdOf(route),
    tags: [tagOf(route.controller)],
    summary: said?.summary || `${wordsOf(handler)}: ${tagOf(controller)}`,
    ...describe(said?.description, passedOn, roles),
    ...(scheme ? { security: [{ [scheme]: [] }] } : { security: [] }),
    ...list('parameters', [
      ...[...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      ...(takes.some(({ kind }) => kind === 'query') ? (said?.query ?? []) : []).map(({ name, schema }) => ({ name, in: 'query', schema })),
      ...takes
        .filter(({ kind, name }) => kind === 'header' && name)
        .map(({ name }) => ({ name, in: 'header', schema: { type: 'string' } })),
    ]),
    ...bodyOf(method, passedOn ?? route, said, bodies, types),
    responses: {
      [status]: { description: STATUS_CODES[status], ...contentOf(answer, isStream) },
      default: {
        description: 'What is wrong.',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function bodyOf(method, { path, takes }, said, bodies, types) {
  if (!takes.some(({ kind }) => kind === 'body') && !bodies[`${method} ${path}`]) return {};
  const [judge] = said?.bodies.filter((name) => name in types.known) ?? [];
  const named = bodies[`${method} ${path}`] ?? judge;
  const schema = named ? types.named(named) : { type: 'object' };
  return { requestBody: { required: true, content: { 'application/json': { schema } } } };
}

function contentOf(answer, isStream) {
  if (isStream) return { content: { 'text/event-stream': { schema: { type: 'string' } } } };
  return answer === null || answer === undefined ? {} : { content: { 'application/json': { schema: answer } } };
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
function withInner(types) {
  for (let size = -1; size !== types.components.size;) {
    size = types.components.size;
    for (const schema of [...types.components.values()])
      for (const [, name] of JSON.stringify(schema).matchAll(/"#\/components\/schemas\/(\w+)"/g))
        if (!types.components.has(name)) types.named(name);
  }
  return Object.fromEntries(types.components);
}

const sorted = (fields) => Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
