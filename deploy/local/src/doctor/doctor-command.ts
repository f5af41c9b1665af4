import { toMilliseconds, type Seconds } from '@handoff/contracts';
import { findInstallation } from '../command/installation.js';
import { EXIT, type ExitCode, type Io } from '../command/io.js';
import { asciiJson } from '../dead-letters/show-bytes.js';
import { CHECKS } from './checks.js';
import { describeFindings } from './describe-findings.js';
import { diagnose, isAllUnseen, unseenIn } from './diagnose.js';
import { lookAround } from './look-around.js';

export interface DoctorWords {
  readonly json?: boolean;
  /** Between the two looks, in seconds. */
  readonly watch: Seconds;
  readonly silentAfter: Seconds;
}

/** Says what is wrong and what to do. */
export async function runDoctor({ json = false, watch, silentAfter }: DoctorWords, { env, print }: Io): Promise<ExitCode> {
  const begun = Date.now();
  const installation = await findInstallation(env);
  const seen = await lookAround(installation, env, { watchMs: toMilliseconds(watch), silentAfter });
  const findings = diagnose(seen);
  const couldNotLook = isAllUnseen(seen);
  const verdict = couldNotLook ? 'could_not_look' : findings.length > 0 ? 'findings' : 'healthy';
  const unseen = unseenIn(seen);
  const report = { verdict, tookMs: Date.now() - begun, findings, unseen } as const;
  if (json)
    print(
      asciiJson({
        ...{ verdict, looked_at: new Date(begun).toISOString(), took_ms: report.tookMs, checks: CHECKS.map(({ name }) => name) },
        findings: findings.map(({ whatToDo, ...it }) => ({ ...it, what_to_do: whatToDo })),
        unseen,
      }),
    );
  else print(describeFindings(report));
  return couldNotLook ? EXIT.notAsked : findings.length > 0 ? EXIT.found : EXIT.fine;
}
