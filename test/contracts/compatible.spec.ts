import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@handoff/contracts';

type Breaks = (before: JsonObject, after: JsonObject) => readonly string[];
/** As `npm run contracts` uses it. */
const { breaks } = (await import(String(new URL('../../tools/api/compatible.mjs', import.meta.url)))) as { readonly breaks: Breaks };

const released: JsonObject = {
  type: 'object',
  required: ['handoff_id'],
  properties: {
    handoff_id: { type: 'string' },
    event: { type: 'string', enum: ['asked', 'end'] },
    note: { anyOf: [{ type: 'string', maxLength: 500 }, { type: 'null' }] },
    levels: { type: 'array', maxItems: 20, items: { $ref: '#/$defs/Level' } },
  },
  $defs: { Level: { type: 'object', required: ['number'], properties: { number: { type: 'integer' }, inner: { $ref: '#/$defs/Level' } } } },
};
const changed = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  ...released,
  ...more,
  properties: { ...(released['properties'] as JsonObject), ...properties },
});

describe('a contract that is changed', () => {
  it('breaks nothing by what is added or widened', () => {
    const wider = changed({
      event: { type: 'string', enum: ['asked', 'end', 'offered'] },
      note: { anyOf: [{ type: 'string', maxLength: 900 }, { type: 'object' }, { type: 'null' }] },
      agent: { type: 'string' },
    });
    expect([breaks(released, released), breaks(released, wider)]).toEqual([[], []]);
  });

  it.each<[string, JsonObject, string]>([
    ['a field that is gone', { ...released, properties: { handoff_id: { type: 'string' } } }, 'event is gone'],
    ['another type', changed({ handoff_id: { type: 'integer' } }), 'handoff_id was of type string and is of type integer'],
    ['a word that is gone', changed({ event: { type: 'string', enum: ['asked'] } }), 'event may not be "end" any more'],
    ['a field that must be there now', changed({}, { required: ['handoff_id', 'event'] }), 'event must be there now'],
    [
      'a null that is not taken any more',
      changed({ note: { type: 'string', maxLength: 500 } }),
      'note was of type null and is of type string',
    ],
    [
      'a tighter bound in one of its ways',
      changed({ note: { anyOf: [{ type: 'string', maxLength: 100 }, { type: 'null' }] } }),
      'note has a tighter maxLength: 500 before, 100 now',
    ],
    [
      'what changed in a part',
      { ...released, $defs: { Level: { type: 'object', properties: { number: { type: 'string' }, inner: { $ref: '#/$defs/Level' } } } } },
      'levels[].number was of type integer and is of type string',
    ],
  ])('is named for %s', (_, after, line) => {
    expect(breaks(released, after)).toContain(line);
  });
});
