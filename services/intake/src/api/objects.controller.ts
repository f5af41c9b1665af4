import type { ObjectStore } from '@handoff/objects';
import { Problem } from '@handoff/runtime';
import { Body, Controller, Get, Headers, HttpCode, HttpStatus, Inject, Param, Put, Res, StreamableFile, UseGuards } from '@nestjs/common';
import { Readable } from 'node:stream';
import { tooManyBytes } from '../domain/too-many-bytes.js';
import { recordsRejected } from '../intake.metrics.js';
import { Objects, type Upload } from '../objects/objects.js';
import type { CallingAgent } from '../store/agent-keys.js';
import { AgentGuard, Caller } from './agent.guard.js';
import { BYTES } from './body.js';
import { objectProblem } from './object-problem.js';
import type { Reply } from './reply.js';

const SHA256 = /^[0-9a-f]{64}$/;

function mustBeSum(name: string): void {
  if (!SHA256.test(name)) throw new Problem(HttpStatus.NOT_FOUND, 'not_found', 'An object is named by the 64 hex digits of its SHA-256.');
}

/** What agents hand on that is too large for a packet, by its checksum. */
@Controller('v1/objects')
@UseGuards(AgentGuard)
export class ObjectsController {
  constructor(@Inject(Objects) private readonly objects: Objects) {}

  @Put(':sha256')
  @HttpCode(HttpStatus.CREATED)
  async put(
    @Caller() agent: CallingAgent,
    @Param('sha256') sha256: string,
    @Headers('content-length') length: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    mustBeSum(sha256);
    if (!(body instanceof Readable)) throw new Problem(HttpStatus.UNSUPPORTED_MEDIA_TYPE, 'not_bytes', `Send its bytes as ${BYTES}.`);
    try {
      return { sha256, size: await this.stored(agent, { sha256, bytes: body, size: length === undefined ? null : Number(length) }) };
    } catch (error) {
      reply.header('connection', 'close'); // what is left of the bytes is not read, so nothing that comes after them would be
      throw objectProblem(error);
    }
  }

  @Get(':sha256')
  async read(@Caller() agent: CallingAgent, @Param('sha256') sha256: string): Promise<StreamableFile> {
    mustBeSum(sha256);
    const found = await this.objects.read(await this.storeOrProblem(), agent, sha256).catch((error: unknown) => {
      throw objectProblem(error);
    });
    if (!found) throw new Problem(HttpStatus.NOT_FOUND, 'not_found', 'There is no such object that this agent has put, or was handed.');
    return new StreamableFile(found.bytes, { type: BYTES, length: found.size });
  }

  private async stored(agent: CallingAgent, upload: Upload): Promise<number> {
    const put = await this.objects.put(await this.storeOrProblem(), agent, upload);
    if (put.kind === 'stored') return put.size;
    recordsRejected.inc({ door: 'http', code: 'too_many_bytes' });
    const { detail, retryAfter: retry_after } = tooManyBytes(put, upload.size);
    throw new Problem(HttpStatus.TOO_MANY_REQUESTS, 'too_many_bytes', detail, { retry_after });
  }

  private async storeOrProblem(): Promise<ObjectStore> {
    const store = await this.objects.store();
    if (store === null) throw new Problem(HttpStatus.NOT_IMPLEMENTED, 'no_object_store', 'Objects are turned off here (OBJECTS_FOLDER).');
    return store;
  }
}
