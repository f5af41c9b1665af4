import { markdownTable } from 'markdown-table';
import { TARGETS } from '../model/cases.js';
import { evaluate, type Evaluated } from '../model/evaluate.js';
import { readModel, writeModel } from '../model/model-file.js';
import { trainModel } from '../model/train-model.js';
import { bookFrom, type CaseSource } from './cases-from.js';

interface Context {
  readonly print: (line: string) => void;
  readonly log: (line: string) => void;
}

interface TrainAsked {
  readonly from: CaseSource;
  readonly out: string;
}

/** Learns from decision points, and keeps what was learned as a file. */
export async function trainCommand({ from, out }: TrainAsked, { print }: Context): Promise<number> {
  const model = trainModel(await bookFrom(from));
  await writeModel(out, model);
  print(`${out}: version ${model.version}, from ${model.data.cases} cases in ${model.data.groups} groups.`);
  for (const target of TARGETS) {
    const part = model.targets[target];
    if (part === null) {
      print(`  ${target}: too few cases say what came of them`);
      continue;
    }
    const { recipe, cross_fitted: seen, certified_10: certified } = part;
    const cut = certified.cut === null ? 'no cut is certified for one error in ten' : `certified cut ${certified.cut}`;
    print(`  ${target}: ${recipe}; on groups left out log-loss ${seen.log_loss.toFixed(4)}, AUC ${seen.auc.toFixed(3)}; ${cut}`);
  }
  return 0;
}

interface EvaluateAsked {
  readonly model: string;
  readonly from: CaseSource;
  readonly isJson: boolean;
}

/** What a model says of cases, beside what came of them. */
export async function evaluateCommand({ model, from, isJson }: EvaluateAsked, { print }: Context): Promise<number> {
  const result = evaluate(await readModel(model), await bookFrom(from));
  print(isJson ? JSON.stringify(result) : tableOf(result));
  return 0;
}

const tableOf = (result: ReturnType<typeof evaluate>): string =>
  markdownTable([
    ['', ...TARGETS],
    ...(Object.keys(result.fails_alone ?? {}) as (keyof Evaluated)[]).map((name) => [
      name,
      ...TARGETS.map((target) => String(Math.round((result[target]?.[name] ?? NaN) * 10_000) / 10_000)),
    ]),
  ]);
