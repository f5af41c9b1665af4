import type { Schema } from './api-document.js';
import { html, NOTHING, type Html } from './html.js';

/** What a value is, and what is in it. */
export function writeSchema(schema: Schema): Html {
  return html`${wordsOf(schema)}${about(schema)}${fieldsOf(schema)}`;
}

/** Each on its own, where others lead to it. */
export const writeSchemas = (schemas: Readonly<Record<string, Schema>>): Html =>
  html`<section>
    <h2>Parts</h2>
    ${Object.entries(schemas).map(
      ([name, schema]) =>
        html`<details id="${name}">
          <summary><code>${name}</code></summary>
          <div>${writeSchema(schema)}</div>
        </details>`,
    )}
  </section>`;

function fieldsOf(schema: Schema): Html {
  const inner = schema.items && !schema.items.$ref ? schema.items : schema;
  const fields = Object.entries(inner.properties ?? {});
  if (fields.length === 0) return NOTHING;
  const required = new Set(inner.required);
  return html`<ul>
    ${fields.map(([name, field]) => html`<li><code>${name}</code>${required.has(name) ? '' : ' (optional)'}: ${writeSchema(field)}</li>`)}
  </ul>`;
}

const about = ({ description }: Schema): Html => (description === undefined ? NOTHING : html` — ${description}`);

function wordsOf({ $ref, anyOf, enum: words, type, format, items }: Schema): Html {
  if ($ref !== undefined) return linkTo($ref);
  if (anyOf) return html`${anyOf.map((way, at) => html`${at > 0 ? ' or ' : ''}${wordsOf(way)}`)}`;
  if (words) return html`${words.map((word, at) => html`${at > 0 ? ' | ' : ''}<code>${JSON.stringify(word)}</code>`)}`;
  if (items) return html`list of ${wordsOf(items)}`;
  return html`${format === undefined ? (type ?? 'anything') : `${type} (${format})`}`;
}

/** What is within a part is shown there. */
function linkTo(ref: string): Html {
  const [, , , part = '', , inner] = ref.split('/');
  return html`<a href="#${part}"><code>${inner ?? part}</code></a>`;
}
