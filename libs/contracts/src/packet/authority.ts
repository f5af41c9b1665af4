import 'reflect-metadata';
import { IsNumber, IsString, MaxLength, Min } from 'class-validator';
import type { AuthorityLimit } from '../topics/handoff-directory.js';
import type { Authority } from './packet-parts.js';

/** What is at stake, or was spent. */
export class Amount {
  @IsNumber() @Min(0) readonly value!: number;
  /** Empty where a packet names none. */
  @IsString() @MaxLength(64) readonly unit!: string;
}

/** What the packet says is at stake; null where it names no amount. */
export function requestedAmount(authority: Authority | undefined): Amount | null {
  return authority?.requested === undefined ? null : { value: authority.requested, unit: authority.unit ?? '' };
}

/** Who has no limits may decide any amount; who has some decides up to them, and nothing in a unit that they do not name. */
export function isWithinLimits(limits: readonly AuthorityLimit[] | undefined, amount: Amount | null): boolean {
  if (amount === null || limits === undefined) return true;
  return limits.some(({ unit, up_to: upTo }) => unit === amount.unit && amount.value <= upTo);
}
