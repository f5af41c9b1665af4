import { assertNever, type Assignee, type HandoffDecision, type HandoffRouted, type PersonId, type QuestionId } from '@handoff/contracts';
import type { Accepted, DeskItem } from './desk-item.js';
import type { Facts, Situation, Target } from './judge-move.js';
import type { MoveRequest } from './move-request.js';
import { missing, noUse, wrong, type RefusedMove } from './refused-move.js';
import type { Person } from './rights.js';

export interface Known {
  readonly item: DeskItem;
  readonly accepted: Accepted;
  readonly routed: HandoffRouted;
  readonly decided: HandoffDecision | null;
}

export interface Changed {
  readonly item: DeskItem;
  readonly facts: Facts;
}

/** The item after a move that its person may make, and what is told; or why it makes no sense now. */
export function changeByMove(situation: Situation, known: Known, { subject }: Person, request: MoveRequest): Changed | RefusedMove {
  const { item, accepted, routed, decided } = known;
  const { now, questionId, target } = situation;
  const note = request.note?.trim() || null;
  const decision_id = decided?.decision_id ?? null;
  switch (request.move) {
    case 'acknowledge':
      return { item: { ...item, acknowledgedBy: subject, acknowledgedAt: now }, facts: { note } };
    case 'release':
      return { item: { ...item, acknowledgedBy: null, acknowledgedAt: null }, facts: { note } };
    case 'reassign':
      return passesOn(routed) ?? reassign(known, request.to ?? null, target, note);
    case 'escalate':
      return passesOn(routed) ?? escalate(known, note);
    case 'defer':
      return defer(known, request.until ?? null, now, note);
    case 'request_info':
      if (note === null) return missing('note', 'What do you want to know? Write the question.');
      if (item.question) return noUse('question_open', 'The agent has not answered the question before; one is open at a time.');
      return {
        item: { ...item, question: { questionId, askedBy: subject, level: routed.level.number } },
        facts: { note, question: { question_id: questionId, asked_by: subject } },
      };
    case 'request_changes':
      return requestChanges(known, situation.criteria, request, note);
    case 'answer':
      return answer(known, request.question_id ?? null, note);
    case 'set_urgency':
      if (!request.urgency) return missing('urgency', 'Name the urgency: high, medium or low.');
      return { item: { ...item, urgencySet: request.urgency, accepted: { ...accepted, urgency: request.urgency } }, facts: { note } };
    case 'comment':
      return note === null ? missing('note', 'A comment needs words.') : { item, facts: { note, decision_id } };
    case 'rate':
      if (!request.asking_was) return missing('asking_was', 'Should the agent have handled this itself? Say what asking was.');
      return { item, facts: { note, asking_was: request.asking_was, decision_id } };
    case 'recall':
      return recall(known, subject, now, note);
    case 'done':
    case 'hand_back':
      if (item.holder === null)
        return noUse('not_held', 'Nobody holds this task: it was not taken over, or it is done or handed back already.');
      if (note === null)
        return missing(
          'note',
          request.move === 'done' ? 'What came of it? Write the result.' : 'What was done so far? Write it for the agent.',
        );
      return { item: { ...item, holder: null }, facts: { note, decision_id } };
    default:
      return assertNever(request.move);
  }
}

/** A duplicate is where its first is. */
function passesOn({ duplicate_of: first }: HandoffRouted): RefusedMove | null {
  return first ? noUse('duplicate', `This goes where handoff ${first} goes, which asks for the same; pass that one on.`) : null;
}

function reassign({ item, accepted }: Known, to: Assignee | null, target: Target, note: string | null): Changed | RefusedMove {
  if (to === null) return missing('to', 'Name the person or the team that it goes to.');
  if (target === null || (target.kind === 'team' && target.size === 0))
    return wrong('to.id', `There is no ${to.kind} "${to.id}" that could answer it.`);
  if (target.kind === 'person') {
    const { person } = target;
    if (person.subject === accepted.requestedBy) return wrong('to.id', `${person.name} wanted this; somebody else has to decide it.`);
    if (!person.roles.some((role) => role !== 'viewer')) return wrong('to.id', `${person.name} may look at handoffs, not answer them.`);
  }
  return { item, facts: { note, to: { kind: to.kind, id: to.id } } };
}

function escalate({ item, routed: { level } }: Known, note: string | null): Changed | RefusedMove {
  if (level.number < level.of) return { item, facts: { note } };
  return noUse('last_level', `${level.name} is the last level of its policy; reassign it to somebody instead.`);
}

/** It stops no clock, so it must not reach beyond the level's own. */
function defer({ item, routed }: Known, until: string | null, now: string, note: string | null): Changed | RefusedMove {
  if (until === null) return missing('until', 'Until when? Name the instant.');
  const at = Date.parse(until);
  if (at <= Date.parse(now)) return wrong('until', `${until} is past.`);
  if (at > Date.parse(routed.decide_by))
    return wrong('until', `It has to be decided by ${routed.decide_by}, and cannot be put off for longer.`);
  const instant = new Date(at).toISOString();
  return { item: { ...item, deferredUntil: instant }, facts: { note, until: instant } };
}

/** The same task goes back to the same agent; which round it is, routing counts. */
function requestChanges(
  { item, routed }: Known,
  criteria: readonly string[],
  request: MoveRequest,
  note: string | null,
): Changed | RefusedMove {
  const { agent } = routed;
  const changes = request.changes ?? [];
  if (criteria.length === 0 || !agent) return noUse('nothing_delivered', 'Nothing was delivered, so there is nothing to send back.');
  if (agent.round >= agent.of)
    return noUse(
      'no_rounds_left',
      `It was sent back ${agent.of - 1} times, and may be delivered no more than ${agent.of}. Decide it, or take it over.`,
    );
  if (note === null && changes.length === 0) return missing('changes', 'What is to change? Write it to the criteria that are not met.');
  const strange = changes.findIndex(({ criterion_id: id }) => !criteria.includes(id));
  if (strange >= 0)
    return wrong(`changes[${strange}].criterion_id`, `This delegation has no criterion "${changes[strange]?.criterion_id ?? ''}".`);
  return { item, facts: { note, changes } };
}

/** To the one question that is meant; the agent has gone on with whatever it could. */
function answer({ item }: Known, questionId: QuestionId | null, note: string | null): Changed | RefusedMove {
  const asked = item.asks.find((it) => questionId === null || it.questionId === questionId);
  if (!asked) return noUse('nothing_asked', 'The agent has asked nothing that is not answered.');
  if (note === null) return missing('note', 'An answer needs words.');
  const by = asked.askedBy as string as PersonId; // of the agent's own question, it is the agent
  return {
    item: { ...item, asks: item.asks.filter((it) => it !== asked) },
    facts: { note, question: { question_id: asked.questionId, asked_by: by } },
  };
}

function recall({ item, decided }: Known, subject: Person['subject'], now: string, note: string | null): Changed | RefusedMove {
  if (item.recall) return noUse('recalled_before', `${item.recall.by} has recalled it already; the agent's answer is shown when it comes.`);
  if (decided?.type === 'reject' || decided?.type === 'take_over')
    return noUse('nothing_to_recall', 'The agent was told to do nothing, so there is nothing that it could stop.');
  return {
    item: { ...item, recall: { state: 'asked', by: subject, at: now, text: null } },
    facts: { note, decision_id: decided?.decision_id ?? null },
  };
}
