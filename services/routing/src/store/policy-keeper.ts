import { type Background, LOGGER, type Logger } from '@handoff/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { PolicyVersions } from './policy-versions.js';
import type { WrittenPolicy } from './read-policy-file.js';

/** The policy as the file has it. */
export const POLICY_FILE = Symbol('PolicyFile');

/** Keeps the file's policy as a new version where the file was changed. */
@Injectable()
export class PolicyKeeper implements Background {
  constructor(
    @Inject(PolicyVersions) private readonly versions: PolicyVersions,
    @Inject(POLICY_FILE) private readonly written: WrittenPolicy,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async start(): Promise<void> {
    const { kind, version } = await this.versions.keep(this.written, { source: 'file', by: null });
    if (kind === 'kept')
      this.log.info({ policy: this.written.policy.id, version }, 'A new policy version is in force for handoffs accepted from now on');
  }

  stop(): void {
    // Nothing goes on after the start.
  }
}
