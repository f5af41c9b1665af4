import type { Service } from '@handoff/contracts';
import { RequestMethod, type Type } from '@nestjs/common';
import { ApiDocument } from './api-document.js';

interface Importing {
  readonly module: Type;
  readonly controllers?: readonly Type[];
  readonly imports?: readonly (Type | Importing)[];
}

/** What a module opens, as Nest reads it: `GET /v1/handoffs/{id}`. */
export const routesOf = (module: Type): readonly string[] => [...new Set(controllersOf(module).flatMap(routesIn))].toSorted();

/** What docs/api says that the service opens. */
export const documentedRoutes = (service: Service): readonly string[] => new ApiDocument(service).operations;

function controllersOf(it: Type | Importing): readonly Type[] {
  const { module, controllers = [], imports = [] } = 'module' in it ? it : { module: it };
  const said = (key: string): readonly (Type | Importing)[] => (Reflect.getMetadata(key, module) as readonly Type[] | undefined) ?? [];
  return [...controllers, ...(said('controllers') as readonly Type[]), ...[...imports, ...said('imports')].flatMap(controllersOf)];
}

function routesIn(controller: Type): readonly string[] {
  const base = String(Reflect.getMetadata('path', controller) ?? '');
  const handlers = Object.getOwnPropertyNames(controller.prototype).filter((name) => name !== 'constructor');
  return handlers.flatMap((name) => {
    const handler = (controller.prototype as Readonly<Record<string, object>>)[name];
    const paths =
      typeof handler === 'function' ? (Reflect.getMetadata('path', handler) as string | readonly string[] | undefined) : undefined;
    if (paths === undefined || handler === undefined) return []; // no handler of HTTP
    const method = RequestMethod[Reflect.getMetadata('method', handler) as number];
    return [paths].flat().map((path) => `${method} ${templateOf(`${base}/${path}`)}`);
  });
}

const templateOf = (path: string): string =>
  `/${path
    .split('/')
    .filter(Boolean)
    .map((step) => step.replace(/^:(\w+)$/, '{$1}'))
    .join('/')}`;
