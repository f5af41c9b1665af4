import { board, graph, maximum, number, percentile, query, rate } from './panels.mjs';

/** What leads look at: how much is asked, whether it is answered in time, and whether people are reached. */
export const overview = () =>
  board(
    'handoff-overview',
    'Handoff: overview',
    'Load, deadlines and people. An alert has the name of its runbook, docs/runbooks/<alert>.md.',
    [
      [
        'Now',
        [
          number('Open', 'Handoffs that nobody has decided yet', 'short', query('sum(max by (state, urgency, level) (handoff_open))')),
          number(
            'Late',
            'Open, and past their deadline',
            'short',
            query('sum(max by (urgency, level) (handoff_open{state="late"})) or vector(0)'),
          ),
          number(
            'Not asked yet',
            'Accepted, and routing has not said whose turn it is',
            'short',
            query('sum(max by (urgency) (handoff_open{state="unrouted"})) or vector(0)'),
          ),
          number('Decided in time', 'Of those decided in the last hour', 'percentunit', query('1 - slo:decision:bad_share1h')),
          number('Told in 10 s', 'Of urgent handoffs in the last hour', 'percentunit', query('1 - slo:notify:bad_share1h')),
          number('Alerts', 'That fire now', 'short', query('count(ALERTS{alertstate="firing"}) or vector(0)')),
        ],
      ],
      [
        'Load',
        [
          graph(
            'Asked and decided',
            'Handoffs per second',
            'reqps',
            query(rate('handoff_accepted_total', ['urgency']), 'asked, {{urgency}}'),
            query(rate('handoff_decisions_total', ['type']), '{{type}}'),
          ),
          graph(
            'Open',
            'By what they wait for',
            'short',
            query('sum by (state) (max by (state, urgency, level) (handoff_open))', '{{state}}'),
          ),
        ],
      ],
      [
        'Deadlines',
        [
          graph(
            'From acceptance to decision',
            'Half of them, and nine of ten, were decided within',
            's',
            query(percentile(0.5, 'handoff_time_to_decision_seconds', ['urgency']), 'half, {{urgency}}'),
            query(percentile(0.9, 'handoff_time_to_decision_seconds', ['urgency']), '9 of 10, {{urgency}}'),
          ),
          graph(
            'Met and missed',
            'Decisions per second',
            'reqps',
            query(rate('handoff_sla_results_total', ['class', 'met']), '{{class}}, met: {{met}}'),
          ),
          graph(
            'How fast the budget burns',
            '1 uses up the month’s share in a month',
            'short',
            query('slo:decision:bad_share1h / (1 - 0.95)', 'decisions'),
            query('slo:notify:bad_share1h / (1 - 0.99)', 'first copies'),
            query('slo:http:bad_share1h / (1 - 0.999)', 'requests'),
          ),
          graph('Clocks', 'Events said by clocks, per second', 'reqps', query(rate('handoff_clocks_fired_total', ['event']), '{{event}}')),
        ],
      ],
      [
        'People',
        [
          graph(
            'From acceptance to the first copy',
            'Nine of ten were told within',
            's',
            query(percentile(0.9, 'handoff_time_to_notify_seconds', ['urgency', 'channel']), '{{urgency}}, {{channel}}'),
          ),
          graph(
            'From asking to “I am on it”',
            'Half of them within',
            's',
            query(percentile(0.5, 'handoff_time_to_acknowledge_seconds', ['urgency']), '{{urgency}}'),
          ),
          graph(
            'Copies',
            'Attempts per second',
            'reqps',
            query(rate('handoff_notification_attempts_total', ['channel', 'result']), '{{channel}}: {{result}}'),
          ),
          graph(
            'Was asking right',
            'Decided handoffs per second',
            'reqps',
            query(rate('handoff_feedback_labels_total', ['verdict', 'source']), '{{verdict}} ({{source}})'),
          ),
        ],
      ],
      [
        'The canary: one handoff each minute through the whole path',
        [
          graph(
            'Where it stops',
            '1 at the stage that the last one did not reach: published is Kafka’s, accepted intake’s, routed routing’s, notified to decided notifier’s, feedback feedback’s',
            'short',
            query('max by (stage) (handoff_canary_missing)', '{{stage}}'),
          ),
          graph(
            'From its publish to each stage',
            'Half of them within',
            's',
            query(percentile(0.5, 'handoff_canary_stage_seconds', ['stage']), '{{stage}}'),
          ),
          graph(
            'Rounds',
            'That came back in time, and that stopped; per second',
            'reqps',
            query(rate('handoff_canary_rounds_total', ['result']), '{{result}}'),
            query(rate('handoff_canary_failures_total', ['stage']), 'stopped before {{stage}}'),
          ),
          graph(
            'Since the last round that came back',
            'It pages above 180',
            's',
            query('time() - max(handoff_canary_last_success_seconds)', 'seconds'),
          ),
        ],
      ],
      [
        'Where it stands still',
        [
          graph(
            'Age of the oldest record not taken',
            'By service and topic',
            's',
            query(maximum('handoff_oldest_unprocessed_seconds', ['service', 'topic']), '{{service}}: {{topic}}'),
          ),
          graph(
            'What should never be',
            'Findings of the audits',
            'short',
            query(maximum('handoff_audit_findings', ['service', 'finding']), '{{service}}: {{finding}}'),
          ),
        ],
      ],
    ],
  );
