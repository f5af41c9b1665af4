import { describe, expect, it } from '@jest/globals';
import { verifySignature } from './signature.js';

// The example of Slack's own documentation.
const SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
const BODY = Buffer.from(
  'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
);
const signature = 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503';
const timestamp = '1531420618';
const at = (seconds: number): Date => new Date((Number(timestamp) + seconds) * 1000);

describe('Slack’s signature', () => {
  it('holds for the bytes that it was made for, five minutes both ways', () => {
    for (const seconds of [0, 300, -300])
      expect(verifySignature({ timestamp, signature }, BODY, SECRET, at(seconds))).toEqual({ kind: 'signed', signature });
  });

  it('does not hold a second later or earlier than that', () => {
    for (const seconds of [301, -301])
      expect(verifySignature({ timestamp, signature }, BODY, SECRET, at(seconds))).toMatchObject({ kind: 'refused' });
  });

  it.each([
    ['one byte more', { timestamp, signature }, Buffer.concat([BODY, Buffer.from('&')]), SECRET],
    ['another secret', { timestamp, signature }, BODY, `${SECRET}x`],
    ['no signature', { timestamp, signature: '' }, BODY, SECRET],
    ['a shorter one', { timestamp, signature: signature.slice(0, -1) }, BODY, SECRET],
    ['no timestamp', { timestamp: '', signature }, BODY, SECRET],
    ['a timestamp that is none', { timestamp: '1e9', signature }, BODY, SECRET],
  ])('does not hold with %s', (_, signed, body, secret) => {
    expect(verifySignature(signed, body, secret, at(0))).toMatchObject({ kind: 'refused' });
  });
});
