import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { validate } from '@handoff/contracts';
import { parse } from 'yaml';
import { isSchema } from '../domain/check-by-schema.js';
import { TemplateFileError } from '../intake.errors.js';
import { Template } from './template.js';

/** From the package's entry, as sources and what is built of them lie at different depths. */
const FOLDER = join(dirname(createRequire(import.meta.url).resolve('@handoff/intake')), '../../templates');

/** Those that ship. A file that is none stops the start: a task that names it would be refused for a mistake of ours. */
export function readTemplates(folder = FOLDER): readonly Template[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .toSorted()
    .map((name) => readTemplate(join(folder, name)));
}

function readTemplate(path: string): Template {
  const read = validate(Template, parse(readFileSync(path, 'utf8')));
  if (read.kind === 'faults') throw new TemplateFileError(path, read.faults.map(({ message }) => message).join(' '));
  const schemas = [read.value.inputs, ...(read.value.output_schema ? [read.value.output_schema] : [])];
  if (!schemas.every(isSchema)) throw new TemplateFileError(path, 'One of its schemas cannot be read.');
  return read.value;
}
