import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '@handoff/runtime';
import { channelsFrom } from './channels/channels-from.js';
import { NotifierConfig } from './notifier.config.js';
import { cookieOf } from './sign-in/cookie-of.js';

const SECRET = 'a secret that is long enough for signing';
const env = {
  DATABASE_URL: 'postgres://localhost/x',
  KAFKA_BROKERS: 'localhost:9092',
  HTTP_PORT: '1',
  DESK_URL: 'https://desk.example',
  WEBHOOK_SIGNING_SECRET: `whsec_${Buffer.from(SECRET).toString('base64')}`,
};
const provider = { OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_ID: 'desk', OIDC_CLIENT_SECRET: 'secret' };
const load = (ways: Readonly<Record<string, string>>) => () => loadConfig(NotifierConfig, { ...env, ...ways });

describe('the ways in', () => {
  it('are an identity provider, or links for development', () => {
    expect(load(provider)()).toMatchObject({ ...provider, OIDC_SCOPE: 'openid profile', OIDC_SUBJECT_CLAIM: 'sub' });
    expect(load({ SIGN_IN_LINK_SECRET: SECRET })()).toMatchObject({ SIGN_IN_LINK_SECRET: SECRET });
    expect(load({ ...provider, OIDC_ISSUER: 'http://127.0.0.1:4127' })).not.toThrow();
  });

  it.each([
    ['none at all', {}, /OIDC_ISSUER/],
    ['a provider that does not know us', { OIDC_ISSUER: 'https://id.example' }, /OIDC_CLIENT_ID.*OIDC_CLIENT_SECRET/],
    ['a client of nobody', { OIDC_CLIENT_ID: 'desk', SIGN_IN_LINK_SECRET: SECRET }, /OIDC_ISSUER/],
    ['a provider without TLS', { ...provider, OIDC_ISSUER: 'http://127.0.0.1.id.example' }, /https/],
    ['a scope that is not OpenID', { ...provider, OIDC_SCOPE: 'profile' }, /OIDC_SCOPE/],
    ['a secret that can be guessed', { SIGN_IN_LINK_SECRET: 'short' }, /SIGN_IN_LINK_SECRET/],
  ])('are refused at the start where they are %s', (_, ways, named) => {
    expect(load(ways)).toThrow(named);
  });

  it('keep a cookie that no script reads, and over TLS alone where the desk has it', () => {
    expect(cookieOf('https://desk.example')).toEqual({ httpOnly: true, sameSite: 'lax', secure: true });
    expect(cookieOf('http://127.0.0.1:4103').secure).toBe(false);
  });
});

describe('the channels', () => {
  const slack = { SLACK_BOT_TOKEN: 'xoxb-12-ab', SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99yyyzzz85a5' };
  const set = (channel: Readonly<Record<string, string>>) => load({ SIGN_IN_LINK_SECRET: SECRET, ...channel });

  it('are those that the settings name', () => {
    expect(channelsFrom(set({})()).all.map(({ channel }) => channel)).toEqual(['webhook']);
    const all = set({ ...slack, SMTP_URL: 'smtp://localhost', NTFY_URL: 'https://ntfy.example' })();
    expect(channelsFrom(all).all.map(({ channel }) => channel)).toEqual(['webhook', 'email', 'ntfy', 'slack']);
  });

  it.each([
    ['SLACK_BOT_TOKEN', { ...slack, SLACK_BOT_TOKEN: 'xoxp-of-a-person' }],
    ['SLACK_SIGNING_SECRET', { SLACK_BOT_TOKEN: slack.SLACK_BOT_TOKEN }],
    ['SMTP_URL', { SMTP_URL: 'https://user:mail-password@mail.example' }],
    ['NTFY_URL', { NTFY_URL: 'ntfy' }],
    ['CRITICAL_BURST', { CRITICAL_BURST: '0' }],
  ])('stop the start where %s is wrong, and do not repeat what a secret is', (name, channel) => {
    expect(set(channel)).toThrow(name);
    expect(set(channel)).not.toThrow(/xoxp-of-a-person|mail-password/);
  });
});
