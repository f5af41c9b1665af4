import { html, type Html } from './html.js';

const STYLE = html`<style>
  :root {
    color-scheme: light dark;
    font:
      1rem/1.5 system-ui,
      sans-serif;
  }
  body {
    max-width: 60rem;
    margin: 0 auto;
    padding: 1rem;
    overflow-wrap: anywhere;
  }
  summary {
    cursor: pointer;
    padding: 0.25rem 0;
  }
  details > div {
    padding: 0 0 1rem 1rem;
    border-left: 2px solid #8886;
  }
  code {
    font-family: ui-monospace, monospace;
    font-size: 0.9em;
  }
  ul {
    padding-left: 1.25rem;
  }
  nav a {
    margin-right: 1rem;
  }
</style>`;

export interface Page {
  readonly title: string;
  readonly about: string;
  readonly links: readonly { readonly to: string; readonly words: string }[];
  readonly content: readonly Html[];
}

/** A whole page: no script, nothing of another host. */
export const writePage = ({ title, about, links, content }: Page): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${STYLE}
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          <p>${about}</p>
          <nav aria-label="Documents">${links.map(({ to, words }) => html`<a href="${to}">${words}</a>`)}</nav>
        </header>
        <main>${content}</main>
      </body>
    </html>`.html;
