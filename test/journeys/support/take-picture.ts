import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY } from '@handoff/local';
import { expect } from '@jest/globals';
import type { DeskPage } from './desk-page.js';

const MOST_BYTES = 200_000;

/**
 * What is on the screen, in few bytes; kept for the README where HANDOFF_TEST_PICTURES is set.
 * @param height of the screen from then on; left out: as it is
 */
export async function takePicture({ page }: DeskPage, name: string, height?: number): Promise<void> {
  if (height !== undefined) await page.setViewportSize({ width: 1200, height });
  const picture = await page.screenshot({ animations: 'disabled' });
  expect(picture.byteLength).toBeLessThan(MOST_BYTES);
  if (process.env['HANDOFF_TEST_PICTURES']) await writeFile(join(REPOSITORY, 'docs/images', `${name}.png`), picture);
}
