import { HandoffError } from '@handoff/contracts';

export class DeskRefusalError extends HandoffError {
  readonly code = 'DESK_REFUSAL';
  constructor(
    what: string,
    readonly status: number,
    readonly body: string,
  ) {
    super(`The desk answered ${status} to ${what}: ${body.slice(0, 500)}`);
  }
}
