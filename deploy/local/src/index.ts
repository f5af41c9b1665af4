export { logToStderr, silent, type Log } from './log.js';
export { handoffHome, REPOSITORY } from './home.js';
export { freePort, LOOPBACK, PortBusyError } from './ports.js';
export { FAST_AND_FORGETFUL, startPostgres, type LocalPostgres, type PostgresOptions } from './postgres/start-postgres.js';
export { startKafka, type KafkaOptions, type LocalKafka } from './kafka/start-kafka.js';
export { provisionDatabase, type ProvisionOptions } from './database/provision-database.js';
export { kafkaFromEnv } from './topics/kafka-from-env.js';
export { applyTopics, planTopics } from './topics/apply-topics.js';
