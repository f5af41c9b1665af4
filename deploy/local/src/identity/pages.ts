import { escapeHtml } from '../escape-html.js';
import type { KnownPerson } from './read-people.js';

/** Who to be, as one button each. */
export function choosePage(people: readonly KnownPerson[]): string {
  const buttons = people.map(({ id, name, roles }) => {
    const what = roles.length > 0 ? ` <small>${escapeHtml(roles.join(', '))}</small>` : '';
    return `<button name="person" value="${escapeHtml(id)}">${escapeHtml(name)}${what}</button>`;
  });
  return page('Who are you?', `<form method="post">${buttons.join('')}</form>`);
}

/** The provider's own form, sent by the page itself: whoever pressed "Sign out" at the desk has said so. */
export const signingOutPage = (form: string): string =>
  page(
    'Signing out…',
    `${form}<input type="hidden" name="logout" value="yes" form="op.logoutForm"><button form="op.logoutForm">Sign out</button>
    <script>document.getElementById('op.logoutForm').submit()</script>`,
  );

export const signedOutPage = (deskUrl: string): string => page('Signed out', `<p><a href="${escapeHtml(deskUrl)}">To the desk</a></p>`);

const page = (title: string, content: string): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} · development sign-in</title>
<style>
  :root { color-scheme: light dark }
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 26rem; margin: 12vh auto; padding: 0 1rem }
  form { display: grid; gap: .5rem }
  button { font: inherit; text-align: left; padding: .6rem .9rem; cursor: pointer }
</style>
<h1>${title}</h1>
<p><strong>For development only.</strong> This stands in for your company's sign-in. It asks for no password and answers on this machine alone.</p>
${content}
</html>`;
