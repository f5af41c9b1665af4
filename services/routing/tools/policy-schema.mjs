import { payloadSchema } from '../../../libs/contracts/tools/payload-schema.mjs';
import { MOST_SECONDS } from '../dist/src/policy-file/duration.js';
import { PolicyFile } from '../dist/src/policy-file/policy-file.js';
import { AT_END } from '../dist/src/policy-file/rule-entries.js';

/** The policy file as its author may write it. What one entry cannot know by itself (names that must exist, rules behind a catch-all) is for `check`. */
export function policySchema() {
  const { $defs, ...file } = payloadSchema(PolicyFile, 'policy', { isDuration });
  const { MatchEntry, SkipEntry, RuleEntry, ...entries } = $defs;
  const defs = { ...entries, MatchEntry: withSingles(MatchEntry), SkipEntry: withSingles(SkipEntry), RuleEntry: withPlainEnd(RuleEntry) };
  return { ...closed(file), $defs: Object.fromEntries(Object.entries(defs).map(([name, entry]) => [name, closed(entry)])) };
}

const isDuration = ({ constraints: [least] }) => ({
  anyOf: [
    { type: 'integer', minimum: least, maximum: MOST_SECONDS },
    { type: 'string', pattern: '^(\\d{1,8}[smhd])+$', examples: ['90s', '15m', '4h', '1h30m'] },
  ],
});

/** A key that means nothing is refused. */
const closed = (schema) => ({ ...schema, additionalProperties: false });

/** What takes a list takes one value of it as well. */
function withSingles({ properties, ...entry }) {
  const fields = Object.entries(properties).map(([name, schema]) => {
    const list = schema.anyOf.find(({ type }) => type === 'array');
    return [name, list ? { anyOf: [list.items, ...schema.anyOf] } : schema];
  });
  return { ...entry, properties: Object.fromEntries(fields) };
}

function withPlainEnd({ properties, ...entry }) {
  const words = { type: 'string', enum: AT_END.filter((word) => word !== 'approve') }; // which must name its actions
  return { ...entry, properties: { ...properties, at_end: { anyOf: [words, ...properties.at_end.anyOf] } } };
}
