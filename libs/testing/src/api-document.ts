import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isJsonObject, type Json, type JsonObject, type Service } from '@handoff/contracts';
import addFormats from 'ajv-formats';
import { Ajv2020 as Ajv, type ValidateFunction } from 'ajv/dist/2020.js';

const DOCUMENTS = join(dirname(createRequire(import.meta.url).resolve('@handoff/testing')), '../../../docs/api');
/** Names of a document's components, as they are said, and with nothing in them that is not said. */
const [OPEN, WHOLE] = ['open', 'whole'];
const JSON_TYPES = /[/+]json$/;

type Contents = Readonly<Record<string, { readonly schema: JsonObject }>>;

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly required: boolean; readonly content: Contents };
  readonly responses: Readonly<Record<string, { readonly content?: Contents }>>;
  /** The service that answers it. */
  readonly 'x-passed-on-to'?: Service;
}

/** A body with its media type; without one where nothing was sent, and null where what was sent is no JSON. */
export interface Sent {
  readonly type: string;
  readonly json?: Json | null;
}

/** What docs/api says of a service: which operations there are, and in what an exchange differs from what is said of its own. */
export class ApiDocument {
  private readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  private readonly ajv = new Ajv({ strict: false, validateSchema: false, allErrors: true });
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(service: Service) {
    const document = JSON.parse(readFileSync(join(DOCUMENTS, `${service}.openapi.json`), 'utf8')) as {
      readonly paths: ApiDocument['paths'];
      readonly components: JsonObject;
    };
    this.paths = document.paths;
    addFormats.default(this.ajv);
    this.ajv.addSchema({ $id: OPEN, components: document.components });
    this.ajv.addSchema({ $id: WHOLE, components: closed(document.components) });
  }

  /** `GET /v1/handoffs/{id}`, each of them. */
  get operations(): readonly string[] {
    return Object.entries(this.paths)
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
      .toSorted();
  }

  /** Of what was asked and has been taken: what its operation does not let in. */
  askedOtherwise(operation: string, query: readonly string[], body: Sent | null): readonly string[] {
    const said = this.find(operation);
    if (!said) return [];
    const { parameters = [], requestBody } = said;
    const known = new Set(parameters.filter((it) => it.in === 'query').map(({ name }) => name));
    const unknown = known.size === 0 ? [] : query.filter((name) => !known.has(name)).map((name) => `${name} is no parameter`);
    if (!requestBody) return unknown; // a body that nobody reads does no harm
    if (body === null) return requestBody.required ? [...unknown, 'a body is required'] : unknown;
    return [...unknown, ...this.differs(`${operation} body`, requestBody.content, body, false)];
  }

  /** What an answer has that its operation does not say. What is passed on, another service has answered, or stood in for it. */
  answeredOtherwise(operation: string, status: number, body: Sent | null): readonly string[] {
    const { responses, 'x-passed-on-to': other } = this.find(operation) ?? {};
    if (!responses || other) return [];
    const said = responses[status] ?? (status >= 400 ? responses['default'] : undefined);
    if (!said) return [`status ${status} is not documented`];
    return body === null ? [] : this.differs(`${operation} ${status}`, said.content, body, true);
  }

  private find(operation: string): Operation | undefined {
    const [method = '', path = ''] = operation.split(' ');
    return this.paths[path]?.[method.toLowerCase()];
  }

  /** @param isWhole nothing may be there that the schema does not name */
  private differs(key: string, content: Contents = {}, { type, json = null }: Sent, isWhole: boolean): readonly string[] {
    const said = content[type] ?? (isWhole || json === null ? undefined : content['application/json']); // JSON is taken whatever it is called
    if (!said) return [`${type} is none of its types: ${Object.keys(content).join(', ') || 'none'}`];
    if (json === null || !JSON_TYPES.test(type)) return [];
    const judge = this.judgeOf(`${key} ${type}`, said.schema, isWhole);
    if (judge(json)) return [];
    return (judge.errors ?? []).map(({ instancePath, message = '', params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
  }

  private judgeOf(key: string, schema: JsonObject, isWhole: boolean): ValidateFunction {
    const known = this.compiled.get(key);
    if (known) return known;
    const judge = this.ajv.compile(isWhole ? referring(closed(schema), WHOLE) : referring(schema, OPEN));
    this.compiled.set(key, judge);
    return judge;
  }
}

/** Components are in a schema of their own, so that each is compiled once, whoever names it. */
const referring = (schema: JsonObject, root: string): JsonObject =>
  JSON.parse(JSON.stringify(schema), (name, value: Json) => (name === '$ref' ? `${root}${String(value)}` : value)) as JsonObject;

function closed<T extends Json>(schema: T): T {
  return JSON.parse(JSON.stringify(schema), (_, value: Json) =>
    isJsonObject(value) && value['type'] === 'object' && 'properties' in value && !('additionalProperties' in value)
      ? { ...value, additionalProperties: false }
      : value,
  ) as T;
}
