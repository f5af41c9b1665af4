import { ServiceConfig } from '@handoff/runtime';

/** What every service has; the rules that label are a table in domain/judge-escalation.ts. */
export class FeedbackConfig extends ServiceConfig {}
