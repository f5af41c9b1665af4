import { Problem } from '../problem.js';
import type { Answered, NoAnswer } from './other-services.js';
import type { Route } from './route.js';

/** What whoever asked is told where the other service gave nothing that could be passed on. */
export function noAnswerProblem({ service, change }: Pick<Route, 'service' | 'change'>, kind: NoAnswer['kind'] | 'bad'): Problem {
  const unknown = change ? ' It is not known whether this was done; look before you try again.' : ' Try again shortly.';
  switch (kind) {
    case 'not-reached':
      return new Problem(503, 'service_away', `${service} is out of reach at the moment. Nothing was changed; try again shortly.`, {
        service,
        retry_after: 5,
      });
    case 'lost':
      return new Problem(503, 'service_away', `${service} did not answer in time.${unknown}`, { service, retry_after: 5 });
    case 'too-large':
      return new Problem(502, 'bad_answer', `The answer of ${service} is too large to be passed on. Ask for less of it.`, { service });
    case 'bad':
      return new Problem(
        502,
        'bad_answer',
        `${service} gave an answer that cannot be passed on.${unknown} Whoever runs it: look at its address and at SERVICE_TOKEN_SECRET, which must be the same in both.`,
        { service },
      );
  }
}

/** Of a service of ours: JSON, a problem, a table or a calendar. It judges our token and nobody's session, so its 401 is ours to mend. */
export const canBePassedOn = ({ status, headers }: Answered): boolean =>
  status !== 401 && (status === 204 || TYPES.test(headers.get('content-type') ?? ''));

const TYPES = /^(?:application\/(?:problem\+)?json|text\/csv|text\/calendar)\b/;
