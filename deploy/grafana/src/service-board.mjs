import { board, graph, maximum, percentile, query, rate } from './panels.mjs';

/** What one service has beside what all have: title, description, unit, queries. */
const OWN = {
  intake: [
    graphOf(
      'Packets',
      'Accepted, known already, and refused, per second',
      'reqps',
      query(rate('handoff_accepted_total', ['door', 'urgency']), 'accepted, {{door}}, {{urgency}}'),
      query(rate('handoff_repeated_total', ['rule']), 'repeated, {{rule}}'),
      query(rate('handoff_rejected_total', ['code']), 'refused, {{code}}'),
    ),
    graphOf(
      'From the agent’s record to its acceptance',
      'Nine of ten within',
      's',
      query(percentile(0.9, 'handoff_time_to_accepted_seconds', [])),
    ),
    graphOf(
      'Requests of agents',
      'To withdraw, to add context; per second',
      'reqps',
      query(rate('handoff_requests_asked_total', ['type']), 'asked: {{type}}'),
      query(rate('handoff_requests_settled_total', ['type', 'state']), '{{type}}: {{state}}'),
    ),
  ],
  routing: [
    graphOf(
      'Levels asked',
      'Per second',
      'reqps',
      query(rate('handoff_routed_total', ['level', 'urgency']), 'level {{level}}, {{urgency}}'),
    ),
    graphOf(
      'From acceptance to the first routing',
      'Nine of ten within',
      's',
      query(percentile(0.9, 'handoff_accepted_to_routed_seconds', ['urgency']), '{{urgency}}'),
    ),
    graphOf(
      'Nobody there',
      'Levels skipped, and handoffs held; per second',
      'reqps',
      query(rate('handoff_levels_skipped_total', ['urgency']), 'skipped, {{urgency}}'),
      query(rate('handoff_unattended_total', ['urgency']), 'unattended, {{urgency}}'),
    ),
  ],
  'sla-monitor': [
    graphOf('Clocks fired', 'Per second', 'reqps', query(rate('handoff_clocks_fired_total', ['clock', 'event']), '{{clock}}: {{event}}')),
    graphOf(
      'From due to fired',
      '99 of 100 within',
      's',
      query(percentile(0.99, 'handoff_clock_lateness_seconds', ['clock']), '{{clock}}'),
    ),
    graphOf(
      'Overdue',
      'Past due by a second and not fired',
      'short',
      query('max(handoff_clocks_overdue)', 'overdue'),
      query(rate('handoff_clock_failures_total', ['service']), 'failed looks per second'),
    ),
  ],
  notifier: [
    graphOf(
      'Attempts',
      'To reach somebody, per second',
      'reqps',
      query(rate('handoff_notification_attempts_total', ['channel', 'result']), '{{channel}}: {{result}}'),
    ),
    graphOf(
      'Copies brought up to date',
      'Per second',
      'reqps',
      query(rate('handoff_copies_updated_total', ['channel', 'result']), '{{channel}}: {{result}}'),
    ),
    graphOf(
      'Answers',
      'That count, and that came too late; per second',
      'reqps',
      query(rate('handoff_decisions_total', ['type']), '{{type}}'),
      query(rate('handoff_answers_too_late_total', ['reason']), 'too late: {{reason}}'),
    ),
    graphOf('Sign-ins', 'By the identity provider, per second', 'reqps', query(rate('handoff_sign_ins_total', ['result']), '{{result}}')),
  ],
  feedback: [
    graphOf(
      'Verdicts',
      'Was the recommendation followed; per second',
      'reqps',
      query(rate('handoff_recommendation_verdicts_total', ['verdict']), '{{verdict}}'),
    ),
    graphOf('From a decision to its feedback', 'Nine of ten within', 's', query(percentile(0.9, 'handoff_feedback_seconds', []))),
  ],
};

/** A panel belongs to one dashboard: it is made when that is. */
function graphOf(...about) {
  return () => graph(...about);
}

/** Each service’s own, then what all have: what it takes, what it answers, what it says, and its process. */
export function serviceBoard(service) {
  const of = `service="${service}"`;
  return board(
    `handoff-${service}`,
    `Handoff: ${service}`,
    `services/${service}/README.md says what it does; docs/METRICS.md what each figure means.`,
    [
      [`Of ${service}`, OWN[service].map((make) => make())],
      ['Topics', consumed(of)],
      ['Requests', answered(of)],
      ['Events', published(of)],
      ['Process', processOf(of)],
    ],
  );
}

const consumed = (of) => [
  graph('Records taken', 'Per second', 'reqps', query(rate('handoff_records_consumed_total', ['topic'], of), '{{topic}}')),
  graph(
    'Errors',
    'Batches that failed, and dead letters; per second',
    'reqps',
    query(rate('handoff_batch_failures_total', ['then'], of), '{{then}}'),
    query(rate('handoff_records_dead_lettered_total', ['topic'], of), 'dead letter of {{topic}}'),
    query(rate('handoff_records_skipped_total', ['topic'], of), 'delivered twice, {{topic}}'),
  ),
  graph('Handlers', 'Nine of ten within', 's', query(percentile(0.9, 'handoff_handler_seconds', ['topic'], of), '{{topic}}')),
  graph(
    'Age of the oldest record not taken',
    'By topic',
    's',
    query(maximum('handoff_oldest_unprocessed_seconds', ['topic'], of), '{{topic}}'),
  ),
];

const answered = (of) => [
  graph('Requests', 'Per second', 'reqps', query(rate('handoff_http_requests_total', ['route', 'status'], of), '{{route}} {{status}}')),
  graph(
    'Answers',
    'Nine of ten within; without those that wait for news',
    's',
    query(percentile(0.9, 'handoff_http_request_seconds', ['method', 'route'], of), '{{method}} {{route}}'),
  ),
];

const published = (of) => [
  graph('Events', 'Acknowledged by Kafka, per second', 'reqps', query(rate('handoff_events_published_total', ['topic'], of), '{{topic}}')),
  graph(
    'From commit to acknowledgement',
    '99 of 100 within, and the age of the oldest that waits',
    's',
    query(percentile(0.99, 'handoff_publish_seconds', [], of), '99 of 100'),
    query(maximum('handoff_outbox_oldest_seconds', ['service'], of), 'oldest'),
  ),
];

const processOf = (of) => [
  graph(
    'Processor',
    'Seconds per second, of one core',
    'percentunit',
    query(`rate(process_cpu_seconds_total{${of}}[$__rate_interval])`, '{{instance}}'),
  ),
  graph('Memory', 'Resident', 'bytes', query(`process_resident_memory_bytes{${of}}`, '{{instance}}')),
  graph('Event loop', '99 of 100 turns were late by', 's', query(`nodejs_eventloop_lag_p99_seconds{${of}}`, '{{instance}}')),
  graph(
    'Clock',
    'Ahead of the database’s by; a ticket above 5 either way',
    's',
    query(`abs(handoff_clock_ahead_seconds{${of}})`, '{{instance}}'),
  ),
  graph('Paused', '1 while consuming waits for something to come back', 'short', query(`handoff_consumer_paused{${of}}`, '{{instance}}')),
];
