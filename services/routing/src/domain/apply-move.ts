import type { Assignee, HandoffMove, HandoffRouted, PersonId, SlaClass, TeamId } from '@handoff/contracts';
import { isItsTurn } from './apply-clock.js';
import { askAt } from './ask-level.js';
import type { Assignment } from './assignment.js';
import type { Board, FullView } from './board.js';
import { sendBack } from './give/apply-delivery.js';
import { takeAlong } from './follow-first.js';
import { calendarOf, levelWindows, warningsWithin, windowsAgain, type Windows } from './level-windows.js';
import { moveOn } from './move-on.js';
import { levelAt, type Level, type Policy } from './policy.js';
import { shortened } from './shorten.js';
import { slaOf } from './sla-of.js';

const CONCERNS: ReadonlySet<string> = new Set(['reassign', 'escalate', 'release', 'set_urgency', 'request_changes']);

/** The moves that change whose turn it is, or until when. */
export const concernsRouting = ({ event }: HandoffMove): boolean => CONCERNS.has(event);

/** Whether its person has the right was judged by notifier. One of an earlier level or cycle comes too late to pass anything on. */
export function applyMove(board: Board, move: HandoffMove): void {
  board.turnTo(move.handoff_id);
  const { tenant, handoff_id: handoffId } = move;
  const assignment = board.find(handoffId);
  if (!assignment) return board.hold({ kind: 'move', tenant, handoffId, event: move });
  if (move.event === 'set_urgency') return setUrgency(board, assignment, move);
  if (!isItsTurn(assignment, move)) return;
  if (move.event === 'escalate')
    moveOn(board, assignment, { because: saidBy(move, 'passed it on'), why: `${move.moved_by} passed it on`, isSilence: false });
  if (move.event === 'request_changes') sendBack(board, assignment, move);
  if (move.event === 'release') askAnother(board, assignment, move);
  if (move.event === 'reassign' && move.to) reassign(board, assignment, move, move.to);
}

function saidBy({ moved_by: who, note }: HandoffMove, did: string): string {
  return shortened(note ? `${who} ${did}: ${note}` : `${who} ${did}.`);
}

/** The earlier ones of one level; those of other levels are as many as the policy has. */
const MOST_BEFORE = 8;

/** The level is asked anew, of others, and has no longer for it: passing on must not put off. */
function reassign(board: Board, assignment: Assignment, move: HandoffMove, to: Assignee): void {
  const asked =
    to.kind === 'person'
      ? [to.id as PersonId]
      : askAt(board, { ...levelAt(board.policyOf(assignment.policyVersion), assignment.routed), ...teamOnly(to.id) }, assignment);
  if (asked.length === 0) return;
  askAnew(
    board,
    assignment,
    { ...givenTo(assignment.routed, to), asked },
    saidBy(move, `gave it to ${to.id}`),
    `${move.moved_by} gave it to ${to.id}.`,
  );
}

/** Another team has people and skills of its own. */
const teamOnly = (team: string): Pick<Level, 'team' | 'people' | 'skills'> => ({
  team: team as TeamId,
  people: undefined,
  skills: undefined,
});

/** Who alone was asked, or one of a few, lets it go: the next of those on duty is asked, while there is one who was not. */
function askAnother(board: Board, assignment: Assignment, move: HandoffMove): void {
  const { routed } = assignment;
  const level = levelAt(board.policyOf(assignment.policyVersion), assignment.routed);
  if (level.ask === undefined || !routed.asked.includes(move.moved_by)) return;
  const had = routed.before.filter((it) => it.level === routed.level.number).flatMap(({ asked }) => asked);
  const asked = askAt(board, level, assignment, [...had, ...routed.asked]);
  if (asked.length === 0) return;
  askAnew(
    board,
    assignment,
    { asked },
    saidBy(move, 'let it go'),
    `${move.moved_by} let it go, so ${asked.join(', ')} of ${level.team} is asked.`,
  );
}

function askAnew(board: Board, assignment: Assignment, asks: Partial<FullView>, because: string, why: string): void {
  const { routed, policyVersion } = assignment;
  const policy = board.policyOf(policyVersion);
  const { ack_by } = levelWindows(policy, levelAt(policy, routed), routed.sla.class, board.now, board.now);
  const view: Partial<FullView> = {
    ...asks,
    cycle: routed.cycle + 1,
    ack_by: ack_by < routed.decide_by ? ack_by : routed.decide_by,
    warnings: warningsWithin(calendarOf(policy, routed.sla.class), board.now, new Date(routed.decide_by)),
    page: true,
    skipped: [],
    before: [...routed.before, { level: routed.level.number, asked: routed.asked, moved_because: because }].slice(-MOST_BEFORE),
    why,
  };
  takeAlong(board, board.say(assignment, view));
}

/** Those who had it before may still answer. An id is what its kind says it is. */
function givenTo({ may_decide, given_to = [] }: HandoffRouted, { kind, id }: Assignee): Partial<FullView> {
  if (kind === 'person') return { given_to: [...new Set([...given_to, id as PersonId])].slice(-MOST_BEFORE) };
  return { team: id as TeamId, may_decide: [...new Set([...may_decide, id as TeamId])] };
}

/** Another class has another SLA, from acceptance as ever; a window that would be over by that begins now. */
function setUrgency(board: Board, before: Assignment, { desk, moved_by }: HandoffMove): void {
  const urgency = desk?.urgency ?? before.urgency;
  if (before.state !== 'open' || urgency === before.urgency) return;
  const { routed, policyVersion, acceptedAt } = before;
  const policy = board.policyOf(policyVersion);
  const sla = slaOf(policy, { urgency, acceptedAt });
  if (sla.class === routed.sla.class) return void board.keep({ ...before, urgency });
  const after = board.say(
    { ...before, urgency },
    { sla, ...windowsOf(board, policy, before, sla.class), why: `${moved_by} made it ${urgency}.` },
  );
  takeAlong(board, after);
}

/** A duplicate's are its first's. */
function windowsOf(board: Board, policy: Policy, { routed, acceptedAt }: Assignment, slaClass: SlaClass): Partial<Windows> {
  if (routed.duplicate_of !== null) return {};
  const windows = windowsAgain(policy, routed, slaClass, acceptedAt, board.now);
  return Date.parse(windows.decide_by) > board.now.getTime() ? windows : windowsAgain(policy, routed, slaClass, board.now, board.now);
}
