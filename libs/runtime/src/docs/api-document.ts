import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Of a JSON Schema what our documents use. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

interface Body {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

export interface Operation {
  readonly operationId: string;
  readonly tags: readonly [string];
  readonly summary: string;
  readonly description?: string;
  readonly security: readonly Readonly<Record<string, unknown>>[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: Body;
  readonly responses: Readonly<Record<string, Body & { readonly description: string }>>;
}

interface Info {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
}

interface Components {
  readonly schemas: Readonly<Record<string, Schema>>;
}

/** OpenAPI, as `npm run contracts` writes it. */
export interface HttpDocument extends Info {
  readonly tags: readonly { readonly name: string; readonly description?: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Components;
}

/** AsyncAPI, as it writes it. */
export interface TopicsDocument extends Info {
  readonly components: Components & {
    readonly messages: Readonly<
      Record<string, { readonly title: string; readonly summary: string; readonly payload: Schema; readonly bindings: KeyBinding }>
    >;
  };
  readonly operations: Readonly<Record<string, { readonly summary: string }>>;
}

interface KeyBinding {
  readonly kafka: { readonly key: { readonly description: string } };
}

/** From the package's entry, as sources and bundles lie at different depths. */
const FOLDER = join(dirname(createRequire(import.meta.url).resolve('@handoff/runtime')), '../../../docs/api');

/** @throws where it is not there: it is checked in, and goes where the services go */
export const readDocument = (name: string): Promise<string> => readFile(join(FOLDER, `${name}.json`), 'utf8');
