import { isJsonObject, type Json, type JsonObject } from '@handoff/contracts';
import type { KafkaMessage } from 'kafkajs';
import type { EventRecord, Facts } from './history.js';

/** @returns null for what is no event of a handoff: the directory, and what a fault has put there */
export function readEvent(topic: string, partition: number, message: KafkaMessage): EventRecord | null {
  const event = parsed(message.value);
  const handoffId = event?.['handoff_id'];
  const eventId = message.headers?.['ce_id'];
  if (!event || typeof handoffId !== 'string' || eventId === undefined) return null;
  return {
    topic,
    partition,
    offset: BigInt(message.offset),
    timestamp: Number(message.timestamp),
    eventId: String(eventId),
    handoffId,
    event: String(event['event'] ?? event['type'] ?? 'feedback'),
    sequence: Number(event['sequence']),
    packetVersion: Number(event['packet_version']),
    facts: factsOf(topic, event),
  };
}

function factsOf(topic: string, event: JsonObject): Facts {
  const { packet, level, sla: _, ...rest } = event;
  switch (topic) {
    case 'handoff.accepted':
      return {
        taskId: isJsonObject(packet) ? text(packet['task_id']) : '',
        kind: text(rest['kind']),
        acceptedAt: text(rest['accepted_at']),
        ...dueFacts(packet),
      };
    case 'handoff.routed':
      return { ...levelOf(level), cycle: Number(rest['cycle']), decideBy: text(rest['decide_by']), ...routedFacts(rest) };
    case 'handoff.clock':
      return {
        clock: text(rest['clock']),
        level: Number(level),
        cycle: Number(rest['cycle']),
        share: Number(rest['share'] ?? 1),
        dueAt: text(rest['due_at']),
        ...(isJsonObject(rest['due']) ? { isMet: rest['due']['met'] === true } : {}),
      };
    case 'handoff.decisions':
      return {
        taskId: text(rest['task_id']),
        type: text(rest['type']),
        decisionId: text(rest['decision_id']),
        decidedAt: text(rest['decided_at']),
        agentId: text(rest['agent_id']),
        decidedBy: deciders(rest['decided_by']),
      };
    case 'handoff.notified':
      return {
        channel: text(rest['channel']),
        recipient: text(rest['recipient']),
        level: Number(level),
        cycle: Number(rest['cycle']),
        reason: text(rest['error']),
      };
    case 'handoff.assignments':
      return { agentId: text(rest['agent_id']), offerId: text(rest['offer_id']) };
    case 'handoff.feedback':
      return { decisionId: text(rest['decision_id']), agentId: text(rest['agent_id']), ...judgedFacts(rest) };
    default:
      return { recipient: text(rest['moved_by']), level: Number(level), ...warningFacts(rest['warning']) };
  }
}

function routedFacts({ page, skipped, duplicate_of, end, policy }: JsonObject): Facts {
  const names = Array.isArray(skipped) ? skipped.length : 0;
  return {
    page: page === true,
    policyVersion: isJsonObject(policy) ? Number(policy['version']) : 0,
    skipped: names,
    duplicateOf: text(duplicate_of) || null,
    ...(isJsonObject(end) ? { type: text(end['type']), repeats: text(end['repeats']) } : {}),
  };
}

/** Of a delegation: when it is needed, and when it was handed in last. */
function dueFacts(packet: Json | undefined): Facts {
  const delegation = isJsonObject(packet) ? packet['delegation'] : undefined;
  if (!isJsonObject(delegation)) return {};
  const { due_by, delivery } = delegation;
  return { dueBy: text(due_by), deliveredAt: isJsonObject(delivery) ? text(delivery['delivered_at']) : '' };
}

const warningFacts = (warning: Json | undefined): Facts =>
  isJsonObject(warning) ? { term: text(warning['term']), share: Number(warning['share'] ?? 0), agentId: text(warning['agent_id']) } : {};
/** Whether what was recommended was done, and was right. */
const judgedFacts = ({ recommendation }: JsonObject): Facts =>
  isJsonObject(recommendation) ? { verdict: text(recommendation['verdict']), correct: text(recommendation['correct']) } : {};

const levelOf = (level: Json | undefined): Facts =>
  isJsonObject(level) ? { level: Number(level['number']), levelsOf: Number(level['of']) } : {};
const deciders = (by: Json | undefined): readonly string[] =>
  Array.isArray(by) ? by.filter(isJsonObject).map(({ subject }) => text(subject)) : [];
const text = (value: Json | undefined): string => (value === null || value === undefined ? '' : String(value));

function parsed(value: Buffer | null): JsonObject | null {
  try {
    const json: unknown = JSON.parse(String(value));
    return isJsonObject(json) ? json : null;
  } catch {
    return null; // poison of ours
  }
}
