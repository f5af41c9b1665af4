import type { Check } from '../check.js';
import type { Finding } from '../finding.js';
import { valueOf } from '../looked.js';
import type { PolicySeen } from '../seen.js';

const RUNBOOK = 'handoff-policy';

/** The policy in force: whether it still reads right, and whether every rule would find somebody now. */
export const policy: Check = {
  name: 'policy',
  judge: ({ policy: looked }) => {
    const seen = looked && valueOf(looked);
    return seen ? [...judgeText(seen), ...judgeRules(seen)] : [];
  },
};

const judgeText = ({ version, faults }: PolicySeen): readonly Finding[] =>
  faults.length === 0
    ? []
    : [
        {
          ...{ severity: 'page', part: `policy version ${version}`, figures: { faults: faults.length }, runbook: RUNBOOK },
          saw: `Version ${version} of the policy is wrong as routing reads it now: ${faults.slice(0, 3).join(' ')}`,
          whatToDo: 'Mend the file (npm run handoff -- policy check FILE) and apply it; until then a restart of routing would not come up.',
        },
      ];

const judgeRules = ({ version, rules }: PolicySeen): readonly Finding[] =>
  rules
    .filter(({ levels }) => levels.every(({ onDuty }) => onDuty === 0))
    .map(({ id, levels }) => ({
      ...{ severity: 'page', part: `rule ${id}`, figures: { version, levels: levels.length }, runbook: RUNBOOK },
      saw: `Nobody is on duty at any of the ${levels.length} levels of rule ${id} (${levels.map(({ team }) => team).join(', ')}): a handoff under it would be unattended.`,
      whatToDo:
        'Add an override on the desk’s duty page, or put somebody into the team; npm run handoff -- policy test says who would be asked.',
    }));
