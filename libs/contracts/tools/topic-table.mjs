const DAY = 86_400;

/** Every topic in the order a handoff meets them. */
export function topicTable(topics, readers) {
  const rows = topics.map((topic) => [
    `[\`${topic.topic}\`](${topic.topic}.schema.json)`,
    `\`${topic.key}\``,
    [topic.writtenBy].flat().join(', '),
    readers.get(topic.topic).join(', '),
    topic.retention === null ? 'compacted' : `${topic.retention / DAY} days`,
    topic.partitions,
    topic.kind === 'event' ? `\`${topic.type}\`` : 'any, or none',
    topic.about,
  ]);
  return `# Topics

Generated from \`libs/contracts\` by \`npm run contracts\`; change it there. A name leads to the JSON Schema of the payload.
An installation may set a prefix before every name. What no consumer could take goes to \`<topic>-dlt\`.

${[['topic', 'key', 'written by', 'read by', 'retention', 'partitions', 'CloudEvents type', 'what happened'], Array(8).fill('---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')}
`;
}
