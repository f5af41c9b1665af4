import type { Route } from '@handoff/runtime';

export interface ForwardedRoute extends Route {
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
  { method: 'GET', path: 'asking', service: 'feedback' },
  { method: 'GET', path: 'agents/:agent/digest', service: 'feedback' },
  { method: 'GET', path: 'models', service: 'feedback' },
  { method: 'GET', path: 'models/:model', service: 'feedback' },
  {
    method: 'POST',
    path: 'models/:model/promote',
    service: 'feedback',
    change: { act: 'promote_model', keeps: ['model', 'version', 'why'] },
  },
  { method: 'POST', path: 'models/rollback', service: 'feedback', change: { act: 'roll_back_model', keeps: ['version', 'why'] } },
  { method: 'GET', path: 'agents', service: 'intake' },
  { method: 'GET', path: 'templates', service: 'intake' },
  { method: 'GET', path: 'templates/:template', service: 'intake' },
  { method: 'POST', path: 'templates', service: 'intake', change: { act: 'make_template', keeps: ['id', 'version', 'from'] } },
  { method: 'POST', path: 'delegations/preview', service: 'intake' },
  { method: 'POST', path: 'delegations', service: 'intake', change: { act: 'delegate', keeps: ['task_id', 'handoff_id'] } },
];
