import { isJsonObject, parseJson, readDelegation, type JsonObject, type PersonId, type ServiceClaims } from '@handoff/contracts';
import { CallableBy, Caller, Problem, ServiceTokenGuard, valueOrProblem } from '@handoff/runtime';
import { Body, Controller, Headers, HttpCode, HttpStatus, Post, Res, UseGuards, Inject } from '@nestjs/common';
import { delegator } from '../domain/sender-of.js';
import { bytesOf } from './body.js';
import { Templates } from '../store/templates.js';
import { withTemplate } from '../templates/with-template.js';
import { PostHandoff, readPosted } from './post-handoff.js';
import { takenOrProblem } from './taken-or-problem.js';

interface Reply {
  status(code: number): Reply;
}

/** Tasks that people give to agents; the door for people is notifier's, which says who asks. */
@Controller('v1/delegations')
@UseGuards(ServiceTokenGuard)
@CallableBy('responder', 'lead', 'admin')
export class DelegationsController {
  constructor(
    @Inject(PostHandoff) private readonly posts: PostHandoff,
    @Inject(Templates) private readonly templates: Templates,
  ) {}

  /** What would be accepted, with nothing kept: the packet as everybody would read it. */
  @Post('preview')
  @HttpCode(HttpStatus.OK)
  async preview(@Caller() { subject, tenant }: ServiceClaims, @Body() body: unknown) {
    const made = valueOrProblem(withTemplate({ ...objectIn(body), delegated_by: subject }, await this.templates.finder(tenant)));
    return { packet: valueOrProblem(readDelegation(made)) };
  }

  @Post()
  async delegate(
    @Caller() { subject, tenant }: ServiceClaims,
    @Body() body: unknown,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    const given = { ...objectIn(body), delegated_by: subject as PersonId }; // never from the body
    const made = valueOrProblem(withTemplate(given, await this.templates.finder(tenant)));
    const bytes = Buffer.from(JSON.stringify(made));
    const read = readPosted('delegation', bytes, key || null);
    const sent = read.kind === 'ok' ? read.value : null;
    const posted = takenOrProblem(
      read.kind === 'ok' ? await this.posts.accept({ tenant, ...delegator(read.value, null) }, read.value, bytes) : read,
    );
    reply.status(posted.kind === 'accepted' ? HttpStatus.CREATED : HttpStatus.OK);
    return { handoff_id: posted.handoffId, task_id: sent?.packet.task_id ?? null, status: posted.kind };
  }
}

function objectIn(body: unknown): JsonObject {
  const value = valueOrProblem(parseJson(bytesOf(body)));
  if (!isJsonObject(value)) throw new Problem(HttpStatus.UNSUPPORTED_MEDIA_TYPE, 'not_json', 'Send a JSON object.');
  return value;
}
