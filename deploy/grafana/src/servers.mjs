import { board, graph, maximum, percentile, query, rate } from './panels.mjs';

/** Kafka and Postgres as the services feel them; what the servers say of themselves is their operators' to add. */
export const servers = () =>
  board(
    'handoff-servers',
    'Handoff: Kafka and Postgres',
    'As the services feel them. Side by side, a slow server shows in all services at once, a slow service in one.',
    [
      [
        'Kafka',
        [
          graph(
            'From commit to acknowledgement',
            '99 of 100 within',
            's',
            query(percentile(0.99, 'handoff_publish_seconds', ['service']), '{{service}}'),
          ),
          graph('Events', 'Acknowledged, per second', 'reqps', query(rate('handoff_events_published_total', ['service']), '{{service}}')),
          graph(
            'Not acknowledged',
            'Sends that failed, and events that the relay had to send; per second',
            'reqps',
            query(rate('handoff_publish_failures_total', ['service']), 'failed, {{service}}'),
            query(rate('handoff_events_relayed_total', ['service']), 'relayed, {{service}}'),
          ),
          graph(
            'Records not taken',
            'By group',
            'short',
            query(`sum by (group) (${maximum('handoff_unprocessed_records', ['group', 'topic'])})`, '{{group}}'),
          ),
        ],
      ],
      [
        'Postgres',
        [
          graph(
            'From a batch to its commit',
            'Nine of ten within',
            's',
            query(percentile(0.9, 'handoff_batch_seconds', ['service']), '{{service}}'),
          ),
          graph(
            'Records that share a commit',
            'Half of the batches had at most',
            'short',
            query(percentile(0.5, 'handoff_batch_records', ['service']), '{{service}}'),
          ),
          graph(
            'Waiting',
            'Batches that wait for a server to come back, per second',
            'reqps',
            query(rate('handoff_batch_failures_total', ['service'], 'then="waited"'), '{{service}}'),
          ),
          graph(
            'Rows deleted by age',
            'Per second',
            'reqps',
            query(rate('handoff_rows_cleaned_total', ['service', 'table']), '{{service}}: {{table}}'),
          ),
        ],
      ],
    ],
  );
