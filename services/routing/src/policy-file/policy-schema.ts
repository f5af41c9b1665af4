import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { JsonObject } from '@handoff/contracts';

/** From the package's entry, as sources and what is built of them lie at different depths. */
const SCHEMA = join(dirname(createRequire(import.meta.url).resolve('@handoff/routing')), '../../../../docs/contracts/policy.schema.json');

/** The schema that is published: `npm run contracts` derives it from the classes that judge a file. */
export const readPolicySchema = async (): Promise<JsonObject> => JSON.parse(await readFile(SCHEMA, 'utf8')) as JsonObject;
