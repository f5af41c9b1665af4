import { BusyError, RefusedError, UnreachableError } from '@handoff/agent';
import type { Seconds } from '@handoff/contracts';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';

/** How long a call goes on while nothing answers: a model waits for it, and its client seldom for more than a minute. */
export const PATIENCE: Seconds = 15;

/** What a call is about, so that its answer says it whatever comes of it. */
export interface About {
  readonly handoff_id?: string;
  readonly task_id?: string;
}

const AGAIN =
  'It may have been taken. Call again with the same arguments: that asks for the same thing once more, and nothing is done twice.';
const MEND = 'Mend what is wrong, and call again; as it is it gets the same answer.';
/** Where there is more to say than the door does, which speaks to programs. */
const NEXT: Readonly<Partial<Record<string, string>>> = {
  invalid: 'Mend what the faults name, and call again.',
  unauthorized: 'Nothing can be asked with this key. Tell whoever runs you; do not act on what nobody has decided.',
  not_found: 'list_pending has the handles of all that you wait for.',
  already_ended: 'get_decision tells what came of it.',
  already_answered: 'It has its answer, maybe by an earlier call of yours. Go on with get_decision.',
  unknown_question: 'get_decision names the questions that are open.',
};

/** A tool's result, for programs and for models that read text alone. */
const told = (value: object, isError = false): CallToolResult => ({
  content: [{ type: 'text', text: JSON.stringify(value) }],
  structuredContent: { ...value },
  ...(isError ? { isError } : {}),
});

/** What is wrong with a call is told to the model, which may mend it; what is wrong around it as well, so that it may try again. */
export async function oneCall(about: About, work: () => Promise<object>): Promise<CallToolResult> {
  try {
    return told(await work());
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble === null) throw error;
    return told({ ...about, ...trouble }, true);
  }
}

function troubleOf(error: unknown): object | null {
  if (error instanceof RefusedError)
    return { refused: error.reason, message: error.message, faults: error.faults, next: NEXT[error.reason] ?? MEND };
  if (error instanceof BusyError) {
    const next = `Nothing is wrong with it. Call again with the same arguments in ${error.retryAfter} seconds.`;
    return { busy: true, retry_after: error.retryAfter, message: error.message, next };
  }
  if (error instanceof UnreachableError) return { unreachable: true, message: error.message, next: AGAIN };
  if (isTimeOver(error)) return { unreachable: true, message: 'Handoff has not answered in time.', next: AGAIN };
  return null;
}

/** What a signal throws, or what was waiting when it came: not every DOMException is an Error of this realm. */
const isTimeOver = (error: unknown): boolean => ['TimeoutError', 'AbortError'].includes(String((error as { name?: unknown } | null)?.name));
