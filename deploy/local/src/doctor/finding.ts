/** As with alerts: `page` wakes somebody, `ticket` is for a working day. */
export type Severity = 'page' | 'ticket';

export type Figures = Readonly<Record<string, string | number | null>>;

/** Something that is wrong, and what to do. */
export interface Finding {
  readonly severity: Severity;
  /** The part of the system that it is about: a service or one of its processes, `kafka`, a topic, a group, `postgres`, a channel. */
  readonly part: string;
  /** One sentence, with the figures in it. */
  readonly saw: string;
  /** The same figures for programs. */
  readonly figures: Figures;
  readonly whatToDo: string;
  /** A page of docs/runbooks, without its ending. */
  readonly runbook: string;
}

/** The worst first; among equals as the checks found them. */
export const byUrgency = (findings: readonly Found[]): readonly Found[] =>
  findings.toSorted((one, other) => Number(one.severity === 'ticket') - Number(other.severity === 'ticket'));

/** A finding, and the check that made it. */
export interface Found extends Finding {
  readonly check: string;
}
