import { join } from 'node:path';
import { REPOSITORY } from '@handoff/local';

export const EXAMPLES = join(REPOSITORY, 'test/examples');

/** Agents of other makers, each with what connects it. `file` is the source, `run` what is started. */
export interface Recipe {
  readonly file: string;
  readonly run: string;
  /** Needs what python/requirements.txt names. */
  readonly isPython: boolean;
}

const python = (file: string): Recipe => ({ file: `python/${file}.py`, run: `python/${file}.py`, isPython: true });
const typescript = (file: string): Recipe => ({ file: `src/${file}.ts`, run: `dist/${file}.js`, isPython: false });

export const RECIPES = {
  'LangGraph over HTTP': python('langgraph_http'),
  'LangChain’s human-in-the-loop middleware': python('langchain_middleware'),
  'Python on nothing but a Kafka client': python('kafka_only'),
  'OpenAI Agents SDK': typescript('openai-agents'),
  'Vercel AI SDK 6': typescript('vercel-ai'),
} as const;
