import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { NotifierConfig } from '../notifier.config.js';
import { findToken } from '../store/action-tokens.js';
import { signedIn, type SignedIn } from '../store/sessions.js';
import { wordsFor } from '../store/words-for.js';
import { actionPage, saidPage } from './action-page.js';
import { ChannelDoors } from './channel-doors.js';
import { SESSION_COOKIE } from './session.guard.js';

type PageRequest = FastifyRequest & { readonly cookies: Readonly<Record<string, string | undefined>> };

/** Where the links of a mail lead. To open one changes nothing, whoever opens it, and however often; only its own person's press does. */
@Controller('actions/:token')
export class ActionsController {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(ChannelDoors) private readonly doors: ChannelDoors,
    @Inject(NotifierConfig) private readonly config: NotifierConfig,
  ) {}

  @Get()
  async show(@Param('token') token: string, @Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    const looked = await this.doors.look({ channel: 'email', token, account: null });
    if (looked.kind === 'shut') return this.say(reply, 200, looked.text);
    const who = await this.readerOf(request, token);
    if (!who) return this.askToSignIn(reply, token);
    const words = await wordsFor(this.source.manager, token, this.config.DESK_URL);
    if (!words) return this.say(reply, 200, 'This handoff is not on the desk any more.');
    await html(reply, 200, actionPage(words, looked.type));
  }

  @Post()
  @HttpCode(200)
  async press(@Param('token') token: string, @Req() request: PageRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!isFromThisPage(request, new URL(this.config.DESK_URL).origin))
      return this.say(reply, 403, 'This did not come from the page that the link opens, so nothing was recorded.');
    if (!(await this.readerOf(request, token))) return this.askToSignIn(reply, token);
    const form = new URLSearchParams(Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '');
    const pressed = await this.doors.press({ channel: 'email', token, account: null }, { message: form.get('message') });
    await this.say(reply, pressed.kind === 'recorded' ? 200 : 409, pressed.text);
  }

  /** Whoever is signed in, where she is the one that the link was sent to. */
  private async readerOf({ cookies }: PageRequest, token: string): Promise<SignedIn | null> {
    const session = cookies[SESSION_COOKIE];
    if (session === undefined) return null;
    const [who, action] = await Promise.all([signedIn(this.source.manager, [session]), findToken(this.source.manager, token)]);
    const reader = who.get(session);
    return reader && reader.person.subject === action?.subject && reader.tenant === action.tenant ? reader : null;
  }

  private async askToSignIn(reply: FastifyReply, token: string): Promise<void> {
    const action = await findToken(this.source.manager, token);
    const text =
      'This link was sent to one person. Sign in as that person, and open it again; until then nothing is shown and nothing is recorded.';
    await html(reply, 401, saidPage(text, { href: `/sign-in?handoff=${action?.handoff_id ?? ''}`, label: 'Sign in' }));
  }

  private say(reply: FastifyReply, status: number, text: string): Promise<void> {
    return html(reply, status, saidPage(text, { href: '/', label: 'To the desk' }));
  }
}

/** A press on another site's page carries no session (`SameSite`); this says so even where a browser sends one. */
function isFromThisPage({ headers }: FastifyRequest, own: string): boolean {
  const site = headers['sec-fetch-site'];
  return site === undefined ? headers.origin === undefined || headers.origin === own : site === 'same-origin';
}

async function html(reply: FastifyReply, status: number, page: string): Promise<void> {
  await reply.status(status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(page);
}
