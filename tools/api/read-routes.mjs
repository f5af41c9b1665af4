import 'reflect-metadata';
import { RequestMethod } from '@nestjs/common';
import { metrics } from '../../libs/telemetry/dist/index.js';

/** As Nest keeps what its decorators say. */
const ROUTE_ARGUMENTS = '__routeArguments__';
const KINDS_OF_ARGUMENT = { 3: 'body', 4: 'query', 5: 'path', 6: 'header' };

/** Every route of a service as Nest will open it, by the service's own module. */
export async function routesOf(service) {
  return (await controllersOf(service))
    .flatMap(routesIn)
    .toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.method < b.method ? -1 : 1));
}

/** All that Nest will give requests and records to. */
export async function controllersOf(service) {
  metrics.clear(); // services never share a process otherwise, and some count under one name
  const exported = await import(new URL(`../../services/${service}/dist/src/${service}.module.js`, import.meta.url).href);
  return [...controllersIn(Object.values(exported).find((it) => typeof it === 'function' && Reflect.hasMetadata('controllers', it)))];
}

function controllersIn(module, found = new Set()) {
  const { module: type = module, controllers = [], imports = [] } = typeof module === 'object' ? module : {};
  for (const it of [...controllers, ...(Reflect.getMetadata('controllers', type) ?? [])]) found.add(it);
  for (const it of [...imports, ...(Reflect.getMetadata('imports', type) ?? [])]) controllersIn(it, found);
  return found;
}

function routesIn(controller) {
  const names = Object.getOwnPropertyNames(controller.prototype).filter((name) => name !== 'constructor');
  return names.flatMap((name) => {
    const handler = controller.prototype[name];
    const at = typeof handler === 'function' ? Reflect.getMetadata('path', handler) : undefined;
    if (at === undefined) return []; // a consumer's, or none
    const method = RequestMethod[Reflect.getMetadata('method', handler)];
    const base = Reflect.getMetadata('path', controller) ?? '';
    return [at].flat().map((path) => ({
      method,
      path: `/${[base, path]
        .flatMap((it) => it.split('/'))
        .filter(Boolean)
        .join('/')}`,
      controller: controller.name,
      handler: name,
      guards: guardsOf(controller, handler),
      roles: Reflect.getMetadata('handoff:callable-by', handler) ?? Reflect.getMetadata('handoff:callable-by', controller) ?? [],
      status: Reflect.getMetadata('__httpCode__', handler) ?? (method === 'POST' ? 201 : 200),
      isStream: Reflect.getMetadata('__sse__', handler) === true,
      media: (Reflect.getMetadata('__headers__', handler) ?? []).filter(({ name: of }) => of === 'content-type').map(({ value }) => value),
      takes: argumentsOf(controller, name),
      writesItself: writesItself(controller, name),
    }));
  });
}

const guardsOf = (controller, handler) =>
  [controller, handler].flatMap((it) => Reflect.getMetadata('__guards__', it) ?? []).map(({ name }) => name);

function argumentsOf(controller, name) {
  const kept = Reflect.getMetadata(ROUTE_ARGUMENTS, controller, name) ?? {};
  return Object.entries(kept).flatMap(([key, { data }]) => {
    const kind = KINDS_OF_ARGUMENT[key.split(':')[0]];
    return kind ? [{ kind, name: typeof data === 'string' ? data : null }] : [];
  });
}

/** Whether the handler takes the reply into its own hands: `@Res()` without `passthrough`. */
const writesItself = (controller, name) =>
  Object.keys(Reflect.getMetadata(ROUTE_ARGUMENTS, controller, name) ?? {}).some((key) => key.startsWith('1:')) &&
  !Reflect.getMetadata('__responsePassthrough__', controller, name);
