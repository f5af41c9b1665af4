import { HttpStatus } from '@nestjs/common';
import type { Taken } from './taken-or-problem.js';

/** What of the HTTP server's own reply is used here. */
export interface Reply {
  status(code: number): Reply;
  header(name: string, value: string): Reply;
}

/** Whether it is new or was taken before, and where it is read from now on. */
export const tellTaken = (reply: Reply, { kind, handoffId }: Taken): Reply =>
  reply.status(kind === 'accepted' ? HttpStatus.CREATED : HttpStatus.OK).header('location', `/v1/handoffs/${handoffId}`);
