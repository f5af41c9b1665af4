import type { Sla } from '@handoff/contracts';
import type { Arrival } from './assignment.js';
import { afterWorking } from './duty/working-time.js';
import { calendarOf } from './level-windows.js';
import type { Policy } from './policy.js';

/** Urgency sets the class, and only the policy maps it. */
export function slaOf(policy: Policy, { urgency, acceptedAt }: Pick<Arrival, 'urgency' | 'acceptedAt'>): Sla {
  const slaClass = policy.urgency[urgency];
  return { class: slaClass, due_at: afterWorking(calendarOf(policy, slaClass), acceptedAt, policy.sla[slaClass]).toISOString() };
}
