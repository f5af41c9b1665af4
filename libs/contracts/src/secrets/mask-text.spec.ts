import { describe, expect, it } from '@jest/globals';
import { isSecret, maskText } from './mask-text.js';

const ALNUM = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2';
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbmEifQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const PEM = `-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA${ALNUM}\n-----END RSA PRIVATE KEY-----`;

/** Put together here, so that no scanner of repositories takes them for real. */
const TOKENS = [
  JWT,
  PEM,
  `hk_${ALNUM}`,
  `whsec_${ALNUM}`,
  `sk_live_${ALNUM.slice(0, 24)}`,
  `rk_test_${ALNUM.slice(0, 24)}`,
  `sk-ant-api03-${ALNUM}`,
  `ghp_${ALNUM.slice(0, 36)}`,
  `github_pat_${ALNUM}`,
  `glpat-${ALNUM.slice(0, 20)}`,
  `xoxb-123456789012-${ALNUM.slice(0, 24)}`,
  `https://hooks.slack.com/services/T00000000/B00000000/${ALNUM.slice(0, 24)}`,
  'AKIAIOSFODNN7EXAMPLE',
  `AIza${ALNUM.slice(0, 35)}`,
  `ya29.${ALNUM}`,
  `npm_${ALNUM.slice(0, 36)}`,
  `SG.${ALNUM.slice(0, 22)}.${ALNUM.slice(0, 43)}`,
  `hf_${ALNUM.slice(0, 34)}`,
  `hvs.${ALNUM}`,
  `dop_v1_${'0f'.repeat(32)}`,
  `shpat_${'0f'.repeat(16)}`,
  `123456789:AA${ALNUM.slice(0, 33)}`,
  `AGE-SECRET-KEY-1${ALNUM.toUpperCase()}${ALNUM.toUpperCase().slice(0, 14)}`,
  'postgres://app:s3cr3t-Pa55@db.example/app',
];

const NAMED = [
  [`Authorization: Bearer ${ALNUM}`, ALNUM],
  [`curl -H 'authorization: bearer ${ALNUM}'`, ALNUM],
  ['Authorization: Basic YWRtaW46aHVudGVyMg==', 'YWRtaW46aHVudGVyMg=='],
  ['PASSWORD=correcthorse', 'correcthorse'],
  ['the password: hunter2!', 'hunter2!'],
  ['client_secret=abcdefgh&grant_type=x', 'abcdefgh'],
  ['{"api_key": "plainwords"}', 'plainwords'],
  ["{'apiKey': 'plainwords'}", 'plainwords'],
  ['{\\"refresh_token\\":\\"plainwords\\"}', 'plainwords'],
  ['{"password":"with \\"quotes\\" inside"}', 'with \\"quotes\\" inside'],
  ['https://store.example/file?X-Amz-Date=1&X-Amz-Signature=0f0f0f0f0f', '0f0f0f0f0f'],
  ['https://desk.example/sign-in?token=abcdefghijkl', 'abcdefghijkl'],
  ['cvv: 1234', '1234'],
] as const;

const CARDS = [
  '4111111111111111',
  '4111 1111 1111 1111',
  '5500-0000-0000-0004',
  '378282246310005',
  '3782 822463 10005',
  '6011111111111117',
];

const INSIDE = [
  (it: string) => it,
  (it: string) => `before ${it} after`,
  (it: string) => `("${it}")`,
  (it: string) => `extra.${it}`,
  (it: string) => `at the end: ${it}`,
  (it: string) => `first line\n${it}\nlast line`,
  (it: string) => JSON.stringify({ deep: [`first line\n${it}`] }),
] as const;

describe('a text', () => {
  it.each(TOKENS.map((token) => [token.slice(0, 24), token]))('loses a token wherever it stands: %s…', (_, token) => {
    for (const inside of INSIDE) expect(maskText(inside(token))).not.toContain(token.slice(-16));
  });

  it.each(NAMED)('loses what its name says is a secret: %s', (text, secret) => {
    expect(text).toContain(secret);
    for (const inside of INSIDE.slice(0, 3)) expect(maskText(inside(text))).not.toContain(secret);
  });

  it.each(CARDS)('loses a card’s number: %s', (card) => {
    for (const inside of INSIDE) expect(maskText(inside(card))).not.toContain(card);
  });

  it('keeps what is around a secret, and gets no longer', () => {
    expect(maskText('charge 4111 1111 1111 1111 again')).toBe('charge [masked] again');
    expect(maskText('postgres://app:pass@db.example/app')).toBe('postgres://app:****@db.example/app');
    for (const token of [...TOKENS, ...CARDS]) expect(maskText(token).length).toBeLessThanOrEqual(token.length);
  });

  it.each([
    'order #W2378156, reservation ZFA04Y, user mia_li_3668',
    'payment_method_id: credit_card_4421486, gift_card_4643416',
    'Call +1 (555) 123-2002 or 0049 170 1234567 890, IBAN DE89 3704 0044 0532 0130 00',
    '4000123412341235 is not a card, its check digit is wrong',
    'W4111111111111111 and 41111111111111112222 are not either',
    '550e8400-e29b-41d4-a716-446655440000 2026-03-01T12:00:00.000Z 1772366400000',
    'sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'Reset password: click the link. The token is valid. max_tokens: 4096, next_page_token=abcdefgh12',
    'the basic information and the bearer of this letter; key: value; author: Ann',
    'https://shop.example/orders/881?status=open mailto:ana@shop.example',
    'traceparent 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    'task-based skills, sk-short, desk_live_view, ghp_short',
  ])('stays as it is where it has ids, numbers and words: %s', (text) => {
    expect(maskText(text)).toBe(text);
  });

  it('is read in a time that grows with its length alone, whatever is in it', () => {
    const pieces = [
      'eyJ',
      '-eyJ',
      'sk-',
      'a.',
      'password ',
      'password="',
      '://a:',
      '4111 ',
      '-----BEGIN PRIVATE KEY-----',
      'token: a',
      '\\"',
      'bearer ',
    ];
    const slow = pieces.filter((piece) => {
      const text = piece.repeat(Math.ceil(MOST / piece.length));
      const began = performance.now();
      maskText(text);
      return performance.now() - began > 2000; // quadratic, each of them takes many seconds or minutes
    });
    expect(slow).toEqual([]);
  });
  const MOST = 256 * 1024;

  it('used as an id is one where nothing else looks like it', () => {
    expect(TOKENS.filter((token) => !isSecret(token))).toEqual([]);
    expect(['refund-2026-118204', '4111111111111111', 'password-reset', 'agent://billing/eu'].filter(isSecret)).toEqual([]);
  });
});
