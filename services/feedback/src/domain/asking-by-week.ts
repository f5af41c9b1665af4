import type { AgentId, AgentsAsking, AskingInWeek, ReasonCode } from '@handoff/contracts';
import { missedEscalations } from '../model/missed-rate.js';
import type { Week } from './iso-week.js';

/** As the store counts them: `week` is the Monday. */
export interface AskedCount {
  readonly agent_id: AgentId;
  readonly week: Date;
  readonly reason_code: ReasonCode;
  readonly asked: number;
  readonly necessary: number;
  readonly unnecessary: number;
}
export interface AloneCount {
  readonly agent_id: AgentId;
  readonly week: Date;
  readonly propensity: number;
  readonly is_missed: boolean | null;
  readonly tasks: number;
}

/**
 * Both error rates of each agent, week by week: who does the most comes first.
 * @param accuracy the chance with which auditors are right, at least
 */
export function askingByWeek(
  weeks: readonly Week[],
  asked: readonly AskedCount[],
  alone: readonly AloneCount[],
  accuracy: number,
): readonly AgentsAsking[] {
  const agents = [...new Set([...asked, ...alone].map(({ agent_id }) => agent_id))];
  const each = agents.map((agent_id) => {
    const [own, ownAlone] = [asked.filter((it) => it.agent_id === agent_id), alone.filter((it) => it.agent_id === agent_id)];
    return { agent_id, weeks: weeks.map((week) => inWeek(week, own, ownAlone, accuracy)), reasons: reasonsOf(own) };
  });
  return each.toSorted((one, other) => total(other) - total(one) || one.agent_id.localeCompare(other.agent_id));
}

function inWeek({ name, from }: Week, asked: readonly AskedCount[], alone: readonly AloneCount[], accuracy: number): AskingInWeek {
  const isThen = ({ week }: { readonly week: Date }): boolean => week.getTime() === from.getTime();
  const [then, thenAlone] = [asked.filter(isThen), alone.filter(isThen)];
  const [necessary, unnecessary] = [sum(then.map((it) => it.necessary)), sum(then.map((it) => it.unnecessary))];
  const each = thenAlone.flatMap(({ propensity, is_missed, tasks }) =>
    Array.from({ length: tasks }, () => ({ propensity, isMissed: is_missed })),
  );
  return {
    week: name,
    asked: sum(then.map((it) => it.asked)),
    unnecessary: necessary + unnecessary === 0 ? null : unnecessary / (necessary + unnecessary),
    alone: each.length,
    audited: each.filter(({ isMissed }) => isMissed !== null).length,
    missed: missedEscalations(each, accuracy),
  };
}

function reasonsOf(asked: readonly AskedCount[]): AgentsAsking['reasons'] {
  const counts = new Map<ReasonCode, number>();
  for (const it of asked) counts.set(it.reason_code, (counts.get(it.reason_code) ?? 0) + it.asked);
  return [...counts].map(([reason_code, count]) => ({ reason_code, asked: count })).toSorted((one, other) => other.asked - one.asked);
}

const total = ({ weeks }: Pick<AgentsAsking, 'weeks'>): number => sum(weeks.map(({ asked, alone }) => asked + alone));
const sum = (numbers: readonly number[]): number => numbers.reduce((all, it) => all + it, 0);
