/** What every span of ours on Kafka says, after OpenTelemetry's semantic conventions for messaging. */
export const messagingAttributes = (operation: 'create' | 'send' | 'process') => ({
  'messaging.system': 'kafka',
  'messaging.operation.name': operation,
  'messaging.operation.type': operation,
});
