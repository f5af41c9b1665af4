import type { BrowserContext } from 'playwright-core';

export interface BrowserWatch {
  readonly complaints: readonly string[];
  readonly expected: RegExp[];
}

/** In the page itself, because a refusal by its policy is an event of the document. */
const TELL_VIOLATIONS = `document.addEventListener('securitypolicyviolation', (it) =>
  handoffViolation(it.violatedDirective + ' refused ' + (it.blockedURI || 'inline') + ' at ' + it.sourceFile + ':' + it.lineNumber));`;

/** Keeps what no page of the desk may ever bring about, whatever a packet says. */
export async function watchBrowser(context: BrowserContext, origin: string): Promise<BrowserWatch> {
  const heard: string[] = [];
  const expected: RegExp[] = [];
  await context.exposeFunction('handoffViolation', (violation: string) => heard.push(`policy: ${violation}`));
  await context.addInitScript({ content: TELL_VIOLATIONS });
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') heard.push(`${message.type()}: ${message.text()}`);
  });
  context.on('weberror', (error) => heard.push(`thrown: ${String(error.error())}`));
  context.on('dialog', (dialog) => {
    heard.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('page', (page) => heard.push(`another page: ${page.url()}`));
  context.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (protocol !== 'data:' && asked !== origin) heard.push(`request: ${request.url()}`);
  });
  return {
    expected,
    get complaints() {
      return heard.filter((it) => !expected.some((pattern) => pattern.test(it)));
    },
  };
}
