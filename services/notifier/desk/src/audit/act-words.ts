import type { AuditEntry } from '@handoff/contracts';
import { previewJson } from '../json/describe-json.js';

const WORDS: Readonly<Record<string, string>> = {
  approve: 'approved',
  edit: 'approved with edits',
  reject: 'rejected',
  respond: 'responded',
  take_over: 'took over',
  withdrawn: 'withdrew',
  expired: 'let expire',
  superseded: 'superseded',
  duplicate: 'ended as a duplicate',
  rejected_by_policy: 'rejected as nobody decided',
  approved_by_policy: 'approved as nobody decided',
  seen: 'had open',
  acknowledge: 'acknowledged',
  release: 'released',
  reassign: 'handed over',
  escalate: 'escalated',
  defer: 'put off',
  request_info: 'asked the agent about',
  info_given: 'answered about',
  set_urgency: 'set the urgency of',
  vote: 'voted on',
  comment: 'commented on',
  rate: 'rated the asking of',
  recall: 'recalled',
  done: 'finished the task of',
  hand_back: 'handed back the task of',
  export_evidence: 'exported the evidence of',
  export_audit: 'exported the audit log',
  pause: 'paused something',
  resume: 'ended a pause',
  apply_policy: 'sent in a policy',
  promote_model: 'asked for the promotion of a model',
  roll_back_model: 'asked for the model before',
  override_duty: 'asked for an override of duty',
  end_override: 'asked for the end of an override',
  make_calendar: 'made a calendar’s address',
  revoke_calendar: 'revoked a calendar’s address',
  sign_in: 'signed in',
  sign_out: 'signed out',
};

/** What was done, as it reads behind a name and, where there is one, before the handoff; what is not known here by its own name. */
export const actWords = (act: string): string => WORDS[act] ?? act;

/** What more is kept of it, on one line. */
export const detailWords = (details: AuditEntry['details']): string =>
  Object.entries(details)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name.replaceAll('_', ' ')}: ${previewJson(value, MOST_CHARACTERS)}`)
    .join(' · ');

const MOST_CHARACTERS = 300;
