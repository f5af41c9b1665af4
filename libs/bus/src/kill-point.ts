/** The instants of a batch at which a crash leaves the most behind; `npm run faults` ends processes at each. */
export const KILL_POINTS = ['before_commit', 'after_commit', 'before_offset', 'after_send'] as const;
export type KillPoint = (typeof KILL_POINTS)[number];

interface Armed {
  readonly point: KillPoint;
  passes: number;
}

const armed = readKillAt(process.env['FAULT_KILL_AT']);

/** Nothing, unless FAULT_KILL_AT arms this point: then the process ends here as `kill -9` would end it. */
export function killPoint(point: KillPoint): void {
  if (armed?.point === point && --armed.passes === 0) process.kill(process.pid, 'SIGKILL');
}

/** @param setting `before_commit:3` for the third passing of that point */
export function readKillAt(setting: string | undefined): Armed | null {
  if (!setting) return null;
  const [name = '', passes = '1'] = setting.split(':');
  const point = KILL_POINTS.find((it) => it === name);
  if (!point || !/^[1-9]\d{0,8}$/.test(passes))
    throw new RangeError(`FAULT_KILL_AT is "${setting}"; it is one of ${KILL_POINTS.join(', ')}, a colon, and a number of passings.`);
  return { point, passes: Number(passes) };
}
