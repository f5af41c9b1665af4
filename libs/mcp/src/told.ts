import { RefusedError, UnreachableError, type Answer, type Handoff } from '@handoff/agent';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';

/** A tool's result, for programs and for models that read text alone. */
export const told = (value: object): CallToolResult => ({
  content: [{ type: 'text', text: JSON.stringify(value) }],
  structuredContent: { ...value },
});

/** What is wrong with a call is told to the model, which may mend it; what is wrong around it as well, so that it may try again. */
export async function orRefusal(work: () => Promise<object>): Promise<CallToolResult> {
  try {
    return told(await work());
  } catch (error) {
    if (error instanceof RefusedError)
      return { ...told({ refused: error.reason, message: error.message, faults: error.faults }), isError: true };
    if (error instanceof UnreachableError) return { ...told({ unreachable: true, message: error.message }), isError: true };
    throw error;
  }
}

/** What is known of a handoff that nobody has decided yet. */
export const pendingOf = ({ id, taskId, state: { questions } }: Handoff) => ({
  handoff_id: id,
  task_id: taskId,
  status: 'pending',
  questions: questions.filter(({ answer }) => answer === null).map(({ question_id, question }) => ({ question_id, question })),
});

/** What a model needs of an answer; `next` says what it may do, as a model may not know that a rejection is final. */
export function answeredOf({ id, taskId }: Handoff, answer: Answer) {
  const { decision } = answer;
  const about = { handoff_id: id, task_id: taskId, status: answer.kind, decision_id: decision.decision_id, resume: decision.resume };
  switch (answer.kind) {
    case 'approved':
      return {
        ...{ ...about, action: answer.action, action_digest: decision.action_digest, edited: answer.isEdited },
        next: 'Carry out exactly this action, once.',
      };
    case 'rejected':
      return { ...about, message: answer.message, next: 'Not approved. Do not try it again, and do nothing like it in its place.' };
    case 'responded':
      return { ...about, message: answer.message, next: 'Go on with these words; no action was approved.' };
    case 'taken_over':
      return { ...about, message: answer.message, next: 'A person does it from here. Do nothing more about it.' };
    case 'ended':
      return { ...about, how: answer.how, message: answer.message, next: 'Nobody decided it; nothing was approved.' };
    case 'outdated':
      return {
        ...about,
        why: answer.why,
        next: 'It was about something else than what stands by now. Do nothing; ask again if it is still needed.',
      };
  }
}
