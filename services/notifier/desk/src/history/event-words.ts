import type { HistoryEvent, Service } from '@handoff/contracts';

const EVENTS: Readonly<Record<HistoryEvent, string>> = {
  accepted: 'Accepted',
  context: 'Context',
  request: 'Request',
  asked: 'Asked',
  passed_on: 'Passed on',
  clock: 'Clock',
  late: 'Late',
  copy: 'Message',
  copy_failed: 'Not reached',
  seen: 'Seen',
  move: 'Move',
  decision: 'Decision',
  end: 'End',
  feedback: 'Feedback',
  dead_letter: 'Lost for now',
};

/** What a line is about; one that this page does not know yet by its own name. */
export const eventWords = (event: HistoryEvent): string => EVENTS[event] ?? event;

const SERVICES: Readonly<Record<Service, string>> = {
  intake: 'the agents’ door',
  routing: 'routing',
  'sla-monitor': 'the clocks',
  notifier: 'the desk',
  feedback: 'feedback',
};

/** A service as people at the desk would call it. */
export const serviceWords = (service: Service): string => SERVICES[service] ?? service;

const ISO = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** Instants within a sentence, in the reader's own zone and language. */
export const inOwnTime = (text: string, format: (instant: string) => string): string => text.replace(ISO, (instant) => format(instant));
