import type { Seconds } from '@handoff/contracts';
import type { Check } from '../check.js';
import type { Finding } from '../finding.js';
import type { Samples } from '../samples.js';

/** Three rounds: one may be slow, and one may meet a restart. */
const QUIET_SECONDS: Seconds = 180;

/** Whether the canary, which goes the whole path each minute, comes back; and if not, where it stops. */
export const canary: Check = {
  name: 'canary',
  judge: ({ canary: looked }) => {
    if (looked === null) return [];
    return looked.kind === 'unseen'
      ? [silent(`The canary does not answer (${looked.why}); nobody tries the whole path.`)]
      : judgeRounds(looked.value);
  },
};

function judgeRounds(samples: Samples): readonly Finding[] {
  const missing = samples.of('handoff_canary_missing').find(({ value }) => value === 1)?.labels['stage'];
  if (missing !== undefined) return [silent(`The canary’s last round did not reach the stage "${missing}".`, { stage: missing })];
  const last = samples.sum('handoff_canary_last_success_seconds') ?? 0;
  const quiet = Math.round(Date.now() / 1000 - last);
  if (last === 0 || quiet <= QUIET_SECONDS) return [];
  return [silent(`The canary came back last ${quiet} s ago; it makes a round each minute.`, { quiet_seconds: quiet })];
}

const silent = (saw: string, figures: Finding['figures'] = {}): Finding => ({
  ...{ severity: 'page', part: 'canary', saw, figures, runbook: 'handoff-canary-silent' },
  whatToDo: 'Its runbook says by the stage what to look at; other findings of this run most likely are the reason.',
});
