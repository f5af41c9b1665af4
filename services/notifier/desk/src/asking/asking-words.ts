import type { AgentsAsking, AskingInWeek, Rate, ReasonCode } from '@handoff/contracts';
import { percentOf } from '../sla/sla-rows.js';

export const reasonText = (code: ReasonCode): string => code.replaceAll('_', ' ');

/** The estimate with its interval: one figure alone would say more than is known. */
export const rateText = (rate: Rate | null): string =>
  rate === null ? '–' : `${percentOf(rate.rate)} (${percentOf(rate.low)} to ${percentOf(rate.high)})`;

export const newestOf = ({ weeks }: AgentsAsking): AskingInWeek | undefined =>
  weeks.findLast(({ asked, alone }) => asked + alone > 0) ?? weeks.at(-1);
