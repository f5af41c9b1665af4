import type { HttpDocument, Operation, Schema } from './api-document.js';
import { html, NOTHING, type Html } from './html.js';
import { writePage } from './page.js';
import { writeSchema, writeSchemas } from './write-schema.js';

/** A service's HTTP, by its parts. */
export function writeHttp({ info, tags, paths, components }: HttpDocument): string {
  const all = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ path, method, operation })),
  );
  const sections = tags.map(
    ({ name, description = '' }) =>
      html`<section>
        <h2>${name}</h2>
        <p>${description}</p>
        ${all.filter(({ operation }) => operation.tags[0] === name).map(({ path, method, operation }) => writeOperation(path, method, operation))}
      </section>`,
  );
  return writePage({
    title: info.title,
    about: `${info.description} Version ${info.version}.`,
    links: [
      { to: '/docs/openapi.json', words: 'OpenAPI 3.1' },
      { to: '/docs/topics', words: 'Topics' },
    ],
    content: [...sections, writeSchemas(components.schemas)],
  });
}

const writeOperation = (path: string, method: string, it: Operation): Html =>
  html`<details id="${it.operationId}">
    <summary><code>${method.toUpperCase()} ${path}</code> ${it.summary}</summary>
    <div>
      <p>${it.description ?? ''} ${writeSecurity(it)}</p>
      ${writeParameters(it)}${writeBody('Body', it.requestBody?.content)}
      ${Object.entries(it.responses).map(([status, { description, content }]) => writeBody(`${status}: ${description}`, content))}
    </div>
  </details>`;

function writeSecurity({ security }: Operation): Html {
  const [scheme] = security.flatMap((it) => Object.keys(it));
  return scheme === undefined ? html`Open to anybody.` : html`Credentials: <code>${scheme}</code>.`;
}

const writeParameters = ({ parameters = [] }: Operation): Html =>
  parameters.length === 0
    ? NOTHING
    : html`<ul>
        ${parameters.map(({ name, in: where, schema }) => html`<li><code>${name}</code> (${where}): ${writeSchema(schema)}</li>`)}
      </ul>`;

const writeBody = (title: string, content: Readonly<Record<string, { readonly schema: Schema }>> = {}): Html =>
  html`<h3>${title}</h3>
    ${Object.entries(content).map(([type, { schema }]) => html`<div><code>${type}</code>: ${writeSchema(schema)}</div>`)}`;
