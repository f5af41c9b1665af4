import { HandoffError } from '@handoff/contracts';
import { Inject, Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import { NotifierConfig } from '../notifier.config.js';
import type { BegunSignIn } from './begun-sign-in.js';

const TIMEOUT_SECONDS = 10;
export const CALLBACK_PATH = 'sign-in/callback';

export class IdentityProviderAwayError extends HandoffError {
  readonly code = 'IDENTITY_PROVIDER_AWAY';
  constructor(issuer: string, cause: unknown) {
    super(`The identity provider ${issuer} cannot be asked; nobody can sign in meanwhile. Check OIDC_ISSUER and the way to it.`, { cause });
  }
}

/** What the provider said of a person, once all of it was checked. */
export interface Identity {
  readonly subject: string;
  readonly idToken: string;
}

/** OpenID Connect: authorization code with PKCE. It says who somebody is; what she may do, the directory says. */
@Injectable()
export class IdentityProvider {
  private configuration: Promise<oidc.Configuration> | null = null;

  constructor(@Inject(NotifierConfig) private readonly config: NotifierConfig) {}

  get isSetUp(): boolean {
    return this.config.OIDC_ISSUER !== undefined;
  }

  /** @returns where to send the browser, and what it must bring back */
  async begin(): Promise<{ readonly url: URL; readonly begun: Omit<BegunSignIn, 'handoffId'> }> {
    const begun = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() };
    const url = oidc.buildAuthorizationUrl(await this.discovered(), {
      redirect_uri: this.callback.href,
      scope: this.config.OIDC_SCOPE,
      state: begun.state,
      nonce: begun.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(begun.verifier),
      code_challenge_method: 'S256',
    });
    return { url, begun };
  }

  /**
   * Trades the code for who came; `search` is the query that the browser brought.
   * @throws where state, nonce, issuer, audience, signature or code are not what was begun, or the provider says no
   */
  async finish(search: string, { state, nonce, verifier }: BegunSignIn): Promise<Identity | null> {
    const current = this.callback;
    current.search = search;
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
    const tokens = await oidc.authorizationCodeGrant(await this.discovered(), current, checks);
    const claims = tokens.claims();
    const subject = claims?.[this.config.OIDC_SUBJECT_CLAIM];
    const isOthers = this.config.OIDC_SUBJECT_CLAIM === 'email' && claims?.['email_verified'] === false;
    return typeof subject === 'string' && !isOthers && tokens.id_token ? { subject, idToken: tokens.id_token } : null;
  }

  /** Where the session at the provider ends too; null where there is none, or it offers no such place. */
  async endSessionUrl(idToken: string): Promise<string | null> {
    if (!this.isSetUp) return null;
    const found = await this.discovered().catch(() => null); // the session here has ended; the provider's ends by itself
    if (!found?.serverMetadata().end_session_endpoint) return null;
    return oidc.buildEndSessionUrl(found, { id_token_hint: idToken, post_logout_redirect_uri: new URL('/', this.config.DESK_URL).href })
      .href;
  }

  private get callback(): URL {
    return new URL(`/${CALLBACK_PATH}`, this.config.DESK_URL);
  }

  /** Asked for at the first sign-in: who is signed in already can answer while the provider is away. */
  private discovered(): Promise<oidc.Configuration> {
    this.configuration ??= this.discover().catch((error: unknown) => {
      this.configuration = null;
      throw new IdentityProviderAwayError(this.config.OIDC_ISSUER ?? '', error);
    });
    return this.configuration;
  }

  private async discover(): Promise<oidc.Configuration> {
    const { OIDC_ISSUER = '', OIDC_CLIENT_ID = '', OIDC_CLIENT_SECRET } = this.config; // all are set where one is
    const issuer = new URL(OIDC_ISSUER);
    return oidc.discovery(issuer, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, undefined, {
      execute: [oidc.enableNonRepudiationChecks, ...(issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [])],
      timeout: TIMEOUT_SECONDS,
    });
  }
}
