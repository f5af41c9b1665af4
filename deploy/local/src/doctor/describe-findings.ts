import { visibleLine } from '../dead-letters/show-bytes.js';
import { CHECKS } from './checks.js';
import type { Found } from './finding.js';

export interface Report {
  readonly verdict: 'healthy' | 'findings' | 'could_not_look';
  readonly tookMs: number;
  readonly findings: readonly Found[];
  readonly unseen: readonly string[];
}

/** For a person who has never seen the system: what, what to do, where to read on. */
export function describeFindings({ verdict, tookMs, findings, unseen }: Report): string {
  const told = verdict === 'could_not_look' ? [] : findings; // each part in turn would say the same
  const blocks = told.map(({ severity, check, part, saw, whatToDo, runbook }) =>
    [
      `${severity === 'page' ? 'PAGE  ' : 'ticket'}  ${visibleLine(part)}  (${check})`,
      `        ${visibleLine(saw)}`,
      `        Do: ${visibleLine(whatToDo)}`,
      `        docs/runbooks/${runbook}.md`,
    ].join('\n'),
  );
  const took = `${(tookMs / 1000).toFixed(1)} s`;
  return [...blocks, ...(unseen.length > 0 ? [`Not looked at: ${unseen.join('; ')}.`] : []), closing(verdict, findings.length, took)].join(
    '\n\n',
  );
}

function closing(verdict: Report['verdict'], findings: number, took: string): string {
  switch (verdict) {
    case 'healthy':
      return `Nothing is wrong: ${CHECKS.length} checks in ${took}.`;
    case 'findings':
      return `${findings} finding${findings === 1 ? '' : 's'}, ${CHECKS.length} checks in ${took}.`;
    case 'could_not_look':
      return `Nothing answered, so nothing can be said (${took}). Does it run here? --help says where this looks.`;
  }
}
