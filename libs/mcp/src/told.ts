import type { Answer, Handoff } from '@handoff/agent';

/** What is known of a handoff that nobody has decided yet. */
export const pendingOf = ({ id, taskId, state: { questions } }: Handoff) => ({
  handoff_id: id,
  task_id: taskId,
  status: 'pending',
  questions: questions.filter(({ answer }) => answer === null).map(({ question_id, question }) => ({ question_id, question })),
});

/** What a model has by the time that its question is taken, and what people would have needed besides. */
export const handleOf = (asked: Handoff) => ({ ...pendingOf(asked), warnings: asked.warnings.map(({ message }) => message) });

/** Whoever decided it has asked for it to be stopped, which counts before what was decided. */
export function answeredOf(asked: Handoff, answer: Answer): object {
  const { recall } = asked.state;
  const told = decidedOf(asked, answer);
  return recall ? { ...told, recalled: recall.reason, next: RECALLED } : told;
}

const RECALLED = 'It was recalled. Stop: do not carry it out. Where it is done already, say so with report_outcome.';

/** What a model needs of an answer; `next` says what it may do, as a model may not know that a rejection is final. */
function decidedOf({ id, taskId, state: { kind } }: Handoff, answer: Answer): object {
  const { decision } = answer;
  const about = { handoff_id: id, task_id: taskId, status: answer.kind, decision_id: decision.decision_id, resume: decision.resume };
  switch (answer.kind) {
    case 'approved': {
      const next = kind === 'delegation' ? 'What was delivered counts; it is in the action.' : 'Carry out exactly this action, once.';
      return { ...about, action: answer.action, action_digest: decision.action_digest, edited: answer.isEdited, next };
    }
    case 'rejected':
      return { ...about, message: answer.message, next: 'Not approved. Do not try it again, and do nothing like it in its place.' };
    case 'responded':
      return { ...about, message: answer.message, next: 'Go on with these words; no action was approved.' };
    case 'taken_over':
      return { ...about, message: answer.message, next: 'A person does it from here. Do nothing more about it.' };
    case 'ended':
      return { ...about, how: answer.how, message: answer.message, next: ENDED[answer.how] ?? 'Nobody decided it; nothing was approved.' };
    case 'outdated':
      return {
        ...about,
        why: answer.why,
        next: 'It was about something else than what stands by now. Do nothing; ask again if it is still needed.',
      };
  }
}

const ENDED: Readonly<Partial<Record<string, string>>> = {
  taken: 'Another agent has the task now. Do nothing more about it.',
  returned: 'Nobody took the task. It is yours again.',
};
