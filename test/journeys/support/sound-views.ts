import { axeFindings } from './axe-findings.js';
import type { DeskPage } from './desk-page.js';
import { tooWide } from './too-wide.js';

const SCREEN = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
/** What WCAG 2.2 asks a page to fit into (1.4.10), a screen at 400 %. */
const NARROW = { width: 320, height: 640 };

/** What is wrong with the view that is on the screen: by axe, in light and dark, and by its width on small screens. */
export async function faultsOfView({ page }: DeskPage): Promise<readonly string[]> {
  const found: string[] = [];
  const keep = (where: string, faults: readonly string[]) => found.push(...faults.map((fault) => `${where}: ${fault}`));
  const inScheme = async (colorScheme: 'light' | 'dark') => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor({ state: 'attached' });
  };
  await inScheme('dark');
  keep('dark', await axeFindings(page, 'colour'));
  await inScheme('light');
  keep('light', await axeFindings(page));
  await page.setViewportSize(NARROW);
  keep('narrow', await tooWide(page));
  await page.setViewportSize(PHONE);
  keep('phone', [...(await tooWide(page)), ...(await axeFindings(page, 'layout'))]);
  await page.setViewportSize(SCREEN);
  keep('screen', await tooWide(page));
  return found;
}
