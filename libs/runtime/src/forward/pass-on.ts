import { canBePassedOn, noAnswerProblem } from './no-answer-problem.js';
import type { Answered, NoAnswer } from './other-services.js';
import type { ForwardReply, Route } from './route.js';

const PASSED_ON = ['content-type', 'content-disposition', 'retry-after'];

/** The answer as the service gave it. @throws Problem where there is none that could be passed on */
export async function passOn(route: Route, answer: Answered | NoAnswer, reply: ForwardReply): Promise<void> {
  if (answer.kind !== 'answered') throw noAnswerProblem(route, answer.kind);
  if (!canBePassedOn(answer)) throw noAnswerProblem(route, 'bad');
  const { status, headers, body } = answer;
  void reply.status(status).header('cache-control', 'no-store');
  for (const name of PASSED_ON) {
    const value = headers.get(name);
    if (value !== null) void reply.header(name, value);
  }
  await reply.send(body);
}
