import { describe, expect, it } from '@jest/globals';
import { SERVICES } from '@handoff/contracts';
import { readDocument, type HttpDocument, type TopicsDocument } from './api-document.js';
import { html } from './html.js';
import { writeHttp } from './write-http.js';
import { writeTopics } from './write-topics.js';

/** Links within a page that lead nowhere, and ids that are there twice. */
function loose(page: string): readonly string[] {
  const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  return [...twice, ...[...page.matchAll(/href="#([^"]*)"/g)].map(([, id = '']) => id).filter((id) => !ids.includes(id))];
}

describe('the pages of what there is to use', () => {
  it.each(SERVICES)('have each operation of %s, links that lead somewhere, and nothing that runs', async (service) => {
    const document = JSON.parse(await readDocument(`${service}.openapi`)) as HttpDocument;
    const page = writeHttp(document);
    for (const path of Object.keys(document.paths)) expect(page).toContain(path);
    expect(loose(page)).toEqual([]);
    expect(page).not.toMatch(/<script|javascript:|https?:\/\/(?!127)/);
  });

  it('have each topic', async () => {
    const document = JSON.parse(await readDocument('asyncapi')) as TopicsDocument;
    const page = writeTopics(document);
    for (const { title } of Object.values(document.components.messages)) expect(page).toContain(`<code>${title}</code>`);
    expect(loose(page)).toEqual([]);
  });

  it('show text as text', () => {
    expect(html`<p>${'<b>"a" & \'b\'</b>'}</p>`.html).toBe('<p>&lt;b&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/b&gt;</p>');
  });
});
