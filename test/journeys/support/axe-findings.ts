import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WCAG_2_2_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

/** Of what passes it need keep nothing. */
const VIOLATIONS = { resultTypes: ['violations'] };
const EVERY_RULE = { ...VIOLATIONS, runOnly: { type: 'tag', values: WCAG_2_2_AA }, rules: { 'target-size': { enabled: true } } };
/** What another scheme can break; the rest is the same elements again, and costs as much. */
const COLOURS = ['color-contrast', 'link-in-text-block'];
const RULES = {
  every: EVERY_RULE,
  colour: { ...VIOLATIONS, runOnly: { type: 'rule', values: COLOURS } },
  /** What another screen can break: colours are the dearest to judge, and a scheme's on every screen. */
  layout: { ...EVERY_RULE, rules: { ...EVERY_RULE.rules, ...Object.fromEntries(COLOURS.map((rule) => [rule, { enabled: false }])) } },
} as const;

/** Colours that are still on their way to others, as after a change of scheme, would be taken for the page's own. */
const SETTLED = `(async () => {
  for (let calm = 0; calm < 2; calm++) {
    await new Promise(requestAnimationFrame);
    if (document.getAnimations().some((it) => it instanceof CSSTransition)) calm = -1;
  }
})()`;

/** What axe finds against WCAG 2.2 AA in what is on the screen now, one line each with the element it is about. */
export async function axeFindings(page: Page, rules: keyof typeof RULES = 'every'): Promise<readonly string[]> {
  // As the debugger does it: the page's policy lets no script in.
  if (!(await page.evaluate<boolean>('Boolean(window.axe)'))) await page.evaluate(AXE);
  await page.evaluate(SETTLED);
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(RULES[rules])})`);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, any }) => `${id} (${help}): ${html.slice(0, 200)} ${any.map((it) => it.message).join(' ')}`),
  );
}
