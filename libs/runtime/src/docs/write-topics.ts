import type { TopicsDocument } from './api-document.js';
import { html } from './html.js';
import { writePage } from './page.js';
import { writeSchema, writeSchemas } from './write-schema.js';

/** The topics, in the order in which a handoff meets them. */
export function writeTopics({ info, components, operations }: TopicsDocument): string {
  const topics = Object.entries(components.messages).map(
    ([name, { title, summary, payload, bindings }]) =>
      html`<details id="${name}">
        <summary><code>${title}</code> ${summary}</summary>
        <div>
          <p>
            ${operations[`write_${name}`]?.summary ?? ''} ${operations[`read_${name}`]?.summary ?? ''} Keyed by
            ${bindings.kafka.key.description}.
          </p>
          ${writeSchema(payload)}
        </div>
      </details>`,
  );
  return writePage({
    title: info.title,
    about: `${info.description} Version ${info.version}.`,
    links: [
      { to: '/docs/asyncapi.json', words: 'AsyncAPI 3' },
      { to: '/docs', words: 'HTTP' },
    ],
    content: [html`<section>${topics}</section>`, writeSchemas(components.schemas)],
  });
}
