import { SERVICES, type Seconds, type Service } from '@handoff/contracts';
import { InvalidArgumentError, Option } from 'commander';

/** The words that commands have in common, each read in one place. */
export const JSON_OPTION = ['--json', 'for programs: JSON on standard output, what is said on standard error'] as const;

const UNITS: Readonly<Record<string, Seconds>> = { s: 1, m: 60, h: 3600, d: 86_400 };

export function durationIn(text: string): Seconds {
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (count === undefined) throw new InvalidArgumentError('Write 30s, 15m, 2h or 7d.');
  return Number(count) * (UNITS[unit] ?? 1);
}

/** May be given several times. */
export const serviceOption = (): Option =>
  new Option('--service <name>', 'of this service alone; may be given again').argParser(
    (text: string, before: readonly Service[] = []): readonly Service[] => {
      const service = SERVICES.find((it) => it === text);
      if (!service) throw new InvalidArgumentError(`It is one of ${SERVICES.join(', ')}.`);
      return [...before, service];
    },
  );
