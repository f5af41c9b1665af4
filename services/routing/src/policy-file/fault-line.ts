import type { Fault } from '@handoff/contracts';

/** For an editor, which shows a fault beside its line. */
export interface FaultLine extends Pick<Fault, 'path' | 'code' | 'message'> {
  readonly line: number | null;
}

export function faultLine({ path, code, message }: Fault): FaultLine {
  const line = /^Line (\d+): /.exec(message);
  return { path, code, line: line ? Number(line[1]) : null, message: line ? message.slice(line[0].length) : message };
}
