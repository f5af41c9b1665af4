import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TARGETS } from '../model/cases.js';
import { readModel } from '../model/model-file.js';
import { figuresOf, type TargetFigures } from '../model/report-figures.js';
import { writeReport } from '../model/write-report.js';
import { bookFrom, type CaseSource } from './cases-from.js';

interface Asked {
  readonly from: CaseSource;
  /** One that has not learned from these data; without it, models that saw nothing of a case's group. */
  readonly model?: string;
  /** Where MODEL.md and its images are written. */
  readonly out?: string;
}

interface Context {
  readonly print: (line: string) => void;
  /** An SVG of reliability, risk and coverage, and cost. */
  readonly draw: (figures: TargetFigures) => string;
}

export async function reportCommand({ from, model: file, out }: Asked, { print, draw }: Context): Promise<number> {
  const cases = await bookFrom(from);
  const model = file === undefined ? undefined : await readModel(file);
  const figures = TARGETS.map((target) => figuresOf(target, cases, model));
  const report = writeReport(figures, model !== undefined);
  print(report);
  if (out !== undefined) {
    await mkdir(join(out, 'images'), { recursive: true });
    await writeFile(join(out, 'MODEL.md'), report);
    for (const it of figures) await writeFile(join(out, 'images', `model-${it.target}.svg`), draw(it));
  }
  return 0;
}
