import { readFile, writeFile } from 'node:fs/promises';
import type { Target } from './cases.js';
import type { Certified } from './certify.js';
import type { Bin, Metrics } from './metrics.js';
import { ModelDataError } from './read-cases.js';
import type { RiskLine } from './risk-coverage.js';
import type { Slice } from './slices.js';
import type { TargetModel } from './train-target.js';

/** Raised with every change of what a file means. */
export const FORMAT = 2;

export interface ModelPart extends Omit<TargetModel, 'linear'> {
  readonly linear: { readonly base: number; readonly effects: readonly number[] };
  /** On cases of the data, each said by models that saw nothing of its group. */
  readonly cross_fitted: Metrics;
  readonly calibration_table: readonly Bin[];
  readonly slices: readonly Slice[];
  readonly risk_coverage: readonly RiskLine[];
  readonly certified_10: Certified;
  /** Below it at most a tenth of all cases is expected to go on alone and be wrong; a weaker promise than the certificate. */
  readonly controlled_10: number;
}

export interface ModelFile {
  readonly format: number;
  readonly version: string;
  readonly code_version: string;
  readonly data: {
    readonly sha256: string;
    readonly cases: number;
    readonly groups: number;
    readonly first: string;
    readonly last: string;
  };
  /** Null where too few cases say what came of them. */
  readonly targets: Readonly<Record<Target, ModelPart | null>>;
}

export const writeModel = (file: string, model: ModelFile): Promise<void> => writeFile(file, `${JSON.stringify(model)}\n`);

export async function readModel(file: string): Promise<ModelFile> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ModelDataError(`${file} cannot be read. Train one with: npm run model -- train --data FILE --out ${file}`, { cause });
  });
  const model = JSON.parse(text) as ModelFile; // written by us, of the format that is asked next
  if (model.format === FORMAT) return model;
  throw new ModelDataError(`${file} has format ${String(model.format)}, and ${FORMAT} is read. Train it again.`);
}

export const targetModel = ({ linear, ...part }: ModelPart): TargetModel => ({
  ...part,
  linear: { base: linear.base, effects: Float64Array.from(linear.effects) },
});
