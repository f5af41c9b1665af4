import { isJsonObject, parseJson, type Json, type JsonObject, type TaskId, type TenantId } from '@handoff/contracts';
import { Problem, valueOrProblem } from '@handoff/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { delegator } from '../domain/sender-of.js';
import { Templates } from '../store/templates.js';
import { withTemplate } from '../templates/with-template.js';
import { bytesOf } from './body.js';
import { PostHandoff, readPosted } from './post-handoff.js';
import { takenOrProblem, type Taken } from './taken-or-problem.js';

/** Who gives the task, as the door knows it. */
export interface Giver {
  readonly tenant: TenantId;
  /** What everybody reads as `delegated_by`. */
  readonly name: string;
}

export type TakenTask = Taken & { readonly taskId: TaskId };

/** A task that is given over HTTP, by whoever may. */
@Injectable()
export class PostDelegation {
  constructor(
    @Inject(PostHandoff) private readonly posts: PostHandoff,
    @Inject(Templates) private readonly templates: Templates,
  ) {}

  /** With what its template leaves to it, and by whom the door says. */
  async fill(body: unknown, { tenant, name }: Giver): Promise<Json> {
    const given = { ...objectIn(body), delegated_by: name }; // never from the body
    return valueOrProblem(withTemplate(given, await this.templates.finder(tenant)));
  }

  /** @throws Problem that names everything that is wrong with it */
  async take(body: unknown, giver: Giver, key: string | null): Promise<TakenTask> {
    const bytes = Buffer.from(JSON.stringify(await this.fill(body, giver)));
    const sent = valueOrProblem(readPosted('delegation', bytes, key));
    const posted = await this.posts.accept({ tenant: giver.tenant, ...delegator(sent, null) }, sent, bytes);
    return { ...takenOrProblem(posted), taskId: sent.packet.task_id };
  }
}

function objectIn(body: unknown): JsonObject {
  const value = valueOrProblem(parseJson(bytesOf(body)));
  if (!isJsonObject(value)) throw new Problem(415, 'not_json', 'Send a JSON object.');
  return value;
}
