import { schemaOf } from '@handoff/runtime';
import { createDataSource } from '@handoff/store';
import { bookOf, CaseBookWriter, type CaseBook } from '../model/case-book.js';
import { timeOf, type Labels, type LearningCase } from '../model/cases.js';
import { readCases } from '../model/read-cases.js';
import { liveCases } from '../store/live-cases.js';

/** Where decision points are: in a file, or in the live store, with what people and outcomes have said so far. */
export type CaseSource = { readonly kind: 'file'; readonly file: string } | { readonly kind: 'live'; readonly databaseUrl: string };

export async function casesFrom(source: CaseSource): Promise<readonly LearningCase[]> {
  if (source.kind === 'file') return readCases(source.file);
  const cases: LearningCase[] = [];
  for await (const it of readLive(source.databaseUrl)) cases.push(it);
  return inTime(cases);
}

/** Of the live store numbers alone are held, as in the service. */
export async function bookFrom(source: CaseSource): Promise<CaseBook> {
  if (source.kind === 'file') return bookOf(await readCases(source.file));
  const writer = new CaseBookWriter();
  for await (const it of readLive(source.databaseUrl)) writer.add(it);
  return { book: writer.book, cases: inTime(writer.cases) };
}

async function* readLive(url: string): AsyncGenerator<LearningCase> {
  const source = await createDataSource({ url, schema: schemaOf('feedback'), migrations: [], poolSize: 1 }).initialize();
  try {
    yield* liveCases(source.manager);
  } finally {
    await source.destroy();
  }
}

const inTime = <Case extends Labels>(cases: readonly Case[]): readonly Case[] =>
  [...cases].sort((one, other) => timeOf(one) - timeOf(other));
