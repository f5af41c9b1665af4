import type { Service } from '@handoff/contracts';

export interface ForwardedRoute {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Under `/desk/v1/` here, and under `/v1/` of the service. */
  readonly path: string;
  readonly service: Extract<Service, 'intake' | 'routing' | 'sla-monitor'>;
  /** What the audit log calls it where it changes something, with the fields of request and answer that are kept there. */
  readonly change?: { readonly act: string; readonly keeps: readonly string[] };
}

/** All that people ask of other services through the desk's door, and nothing else of what those have. Their roles are judged there. */
export const FORWARDED: readonly ForwardedRoute[] = [
  { method: 'GET', path: 'policies', service: 'routing' },
  { method: 'GET', path: 'policies/current', service: 'routing' },
  { method: 'GET', path: 'policies/:version', service: 'routing' },
  { method: 'POST', path: 'policies/check', service: 'routing' },
  { method: 'POST', path: 'policies/diff', service: 'routing' },
  { method: 'POST', path: 'policies/test', service: 'routing' },
  { method: 'POST', path: 'policies', service: 'routing', change: { act: 'apply_policy', keeps: ['based_on', 'version'] } },
  { method: 'GET', path: 'schedules', service: 'routing' },
  { method: 'GET', path: 'on-duty', service: 'routing' },
  {
    method: 'POST',
    path: 'schedules/:schedule/overrides',
    service: 'routing',
    change: { act: 'override_duty', keeps: ['schedule', 'id', 'person', 'from', 'until', 'note', 'instead'] },
  },
  { method: 'DELETE', path: 'overrides/:override', service: 'routing', change: { act: 'end_override', keeps: ['override'] } },
  { method: 'GET', path: 'reports/sla', service: 'sla-monitor' },
  { method: 'GET', path: 'templates', service: 'intake' },
  { method: 'GET', path: 'templates/:template', service: 'intake' },
  { method: 'POST', path: 'templates', service: 'intake', change: { act: 'make_template', keeps: ['id', 'version', 'from'] } },
  { method: 'POST', path: 'delegations/preview', service: 'intake' },
  { method: 'POST', path: 'delegations', service: 'intake', change: { act: 'delegate', keeps: ['task_id', 'handoff_id'] } },
];

type Params = Readonly<Record<string, string>>;

/**
 * Where the request goes on, with its parameters and its query as they came.
 * @returns null for a parameter that would lead elsewhere
 */
export function addressOf({ path }: ForwardedRoute, params: Params, query: string): string | null {
  const steps = path.split('/').map((step) => (step.startsWith(':') ? (params[step.slice(1)] ?? '') : step));
  if (steps.some((step) => step === '' || step === '.' || step === '..')) return null;
  return `/v1/${steps.map(encodeURIComponent).join('/')}${query}`;
}
