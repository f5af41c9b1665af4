import { describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { bookOf } from './case-book.js';
import { knownOf } from './known.js';
import { metricsOf } from './metrics.js';
import { readCases } from './read-cases.js';
import { RECIPES, WHO_ALONE } from './recipes.js';
import { trainTarget } from './train-target.js';

const FILE = new URL('../../../../../shared/data/tau_handoff_dev.jsonl.gz', import.meta.url).pathname;

const withData = existsSync(FILE) ? describe : describe.skip;
withData('real trajectories, by models that saw nothing of the task (skipped where ../shared/data is not beside the repository)', () => {
  it.each([
    ['fails_alone', 2361, 999],
    ['action_wrong', 2076, 668],
  ] as const)(
    '%s is said better than by who acts alone',
    async (target, cases, trues) => {
      const known = knownOf(bookOf(await readCases(FILE)), target);
      const [rates, model] = [WHO_ALONE, RECIPES[target]].map((recipe) => metricsOf(trainTarget(known, recipe).crossFitted));
      expect([known.isTrue.length, known.isTrue.reduce((sum, it) => sum + it, 0)]).toEqual([cases, trues]);
      expect(model?.log_loss).toBeLessThan(rates?.log_loss ?? 0);
      expect(model?.auc).toBeGreaterThan(rates?.auc ?? 1);
      expect(model?.ece).toBeLessThan(0.08);
    },
    300_000,
  );
});
