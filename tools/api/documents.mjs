import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { allSchemas } from '../../libs/contracts/tools/payload-schema.mjs';
import { asyncApi, inPlace } from './asyncapi.mjs';
import { AS_WRITTEN } from './bodies.mjs';
import { openApi } from './openapi.mjs';
import { routesOf } from './read-routes.mjs';
import { Source } from './read-source.mjs';

const ROOT = new URL('../../', import.meta.url);
const { version } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'));

/** Where services pass requests on, by the controller that does. */
const FORWARDED = {
  intake: 'services/intake/dist/src/domain/forwarded.js',
  notifier: 'services/notifier/dist/src/domain/forwarded-route.js',
};

/** The documents of docs/api, by their names. */
export async function apiDocuments(contracts, schemas, readers) {
  const files = ['libs/runtime/src', ...contracts.SERVICES.map((service) => `services/${service}/src`)].flatMap(controllersIn);
  const source = new Source(files, optionsOf('tsconfig.base.json'));
  const routes = new Map();
  for (const service of contracts.SERVICES) routes.set(service, await routesOf(service));
  const known = { ...knownSchemas(schemas) };
  const documents = new Map([['asyncapi', asyncApi({ topics: contracts.TOPICS, readers, schemas, version })]]);
  for (const service of contracts.SERVICES) {
    const forwarded = await forwardedBy(service, routes);
    documents.set(`${service}.openapi`, openApi({ service, version, routes: routes.get(service), source, known, forwarded }));
  }
  return documents;
}

const controllersIn = (folder) =>
  readdirSync(new URL(`${folder}/`, ROOT), { recursive: true })
    .filter((name) => name.endsWith('.controller.ts'))
    .map((name) => fileURLToPath(new URL(`${folder}/${name}`, ROOT)));

function optionsOf(file) {
  const path = fileURLToPath(new URL(file, ROOT));
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(path, ts.sys.readFile).config, ts.sys, fileURLToPath(ROOT));
  return { ...options, noEmit: true, composite: false, declaration: false, declarationMap: false };
}

/** Of all classes that judge what comes in, whichever service they are of, and of what people and agents write. */
function knownSchemas(schemas) {
  refuseSameNames();
  const judges = Object.entries(allSchemas()).map(([name, schema]) => [
    name,
    JSON.parse(JSON.stringify(schema).replaceAll('#/$defs/', '#/components/schemas/')),
  ]);
  const written = Object.entries(AS_WRITTEN).map(([name, topic]) => {
    const { $id: _id, $schema: _schema, ...schema } = schemas.get(topic);
    return [name, inPlace(schema, `#/components/schemas/${name}`)];
  });
  return Object.fromEntries([...judges, ...written]);
}

/** Schemas are found by the names of classes: of two of one name, one would be shown in the other's place. */
function refuseSameNames() {
  const { getMetadataStorage } = createRequire(new URL('libs/contracts/package.json', ROOT))('class-validator');
  const targets = new Map();
  for (const [target] of getMetadataStorage().validationMetadatas) {
    const before = targets.get(target.name);
    if (before && before !== target)
      throw new Error(`Two classes that judge what comes in are called ${target.name}; give one another name.`);
    targets.set(target.name, target);
  }
}

async function forwardedBy(service, routes) {
  if (!(service in FORWARDED)) return () => null;
  const { FORWARDED: table } = await import(new URL(FORWARDED[service], ROOT).href);
  return (route) => {
    if (route.controller !== 'ForwardedController') return null;
    const own = table.find((it) => route.method === it.method && route.path.endsWith(`v1/${it.path}`));
    if (!own) throw new Error(`${service} opens ${route.method} ${route.path} and passes it on to nobody.`);
    const there = routes.get(own.service).find((it) => it.method === own.method && shapeOf(it.path) === shapeOf(`/v1/${own.path}`));
    return { ...route, ...there, service: own.service };
  };
}

/** Parameters may be called otherwise on the two sides. */
const shapeOf = (path) => path.replaceAll(/:\w+/g, ':');
