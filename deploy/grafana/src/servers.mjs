import { board, graph, maximum, percentile, query, rate } from './panels.mjs';

/** Kafka and Postgres as the services feel them, then what the servers and the machine say of themselves. */
export const servers = () =>
  board(
    'handoff-servers',
    'Handoff: Kafka and Postgres',
    'As the services feel them, and as they say themselves. A slow server shows in all services at once, a slow service in one.',
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
      [
        'Kafka, by its JMX agent',
        [
          graph(
            'Partitions that are not well',
            'Without a leader, too few copies to be written, copies that are behind',
            'short',
            query('sum(kafka_offline_partitions)', 'without a leader'),
            query('sum(kafka_under_min_isr_partitions)', 'not to be written'),
            query('sum(kafka_under_replicated_partitions)', 'copies behind'),
          ),
          graph('Bytes in', 'Per second, by topic', 'Bps', query(rate('kafka_bytes_in_total', ['topic']), '{{topic}}')),
          graph(
            'Requests',
            '99 of 100 within; a consumer’s fetch waits for records',
            's',
            query('max by (request) (kafka_request_p99_seconds)', '{{request}}'),
          ),
          graph('Logs', 'Bytes on disk, by topic', 'bytes', query('sum by (topic) (kafka_log_bytes)', '{{topic}}')),
        ],
      ],
      [
        'Postgres, by its exporter',
        [
          graph(
            'Connections',
            'By what they do, and the limit',
            'short',
            query('sum by (state) (pg_stat_activity_count)', '{{state}}'),
            query('max(pg_settings_max_connections)', 'limit'),
          ),
          graph(
            'The oldest transaction',
            'By what its connection does',
            's',
            query('max by (state) (pg_stat_activity_max_tx_duration{state=~"active|idle in transaction.*"})', '{{state}}'),
          ),
          graph(
            'Transactions',
            'Per second',
            'reqps',
            query('sum(rate(pg_stat_database_xact_commit[$__rate_interval]))', 'committed'),
            query('sum(rate(pg_stat_database_xact_rollback[$__rate_interval]))', 'rolled back'),
          ),
          graph('Size', 'Bytes on disk, by database', 'bytes', query('max by (datname) (pg_database_size_bytes)', '{{datname}}')),
        ],
      ],
      [
        'The machine',
        [
          graph(
            'Disks',
            'Share that is free; it pages below a twentieth',
            'percentunit',
            query(
              'min by (mountpoint) (node_filesystem_avail_bytes{fstype!~"tmpfs|ramfs|squashfs|overlay"} / node_filesystem_size_bytes)',
              '{{mountpoint}}',
            ),
          ),
        ],
      ],
    ],
  );
