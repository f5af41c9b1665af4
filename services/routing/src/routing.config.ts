import { IsHandoffDays, ServiceConfig } from '@handoff/runtime';
import { days, hours } from '@handoff/contracts';
import { IsInt, IsNotEmpty, IsString, Max, Min } from 'class-validator';

export class RoutingConfig extends ServiceConfig {
  /** YAML or JSON: people, teams, rules and windows. Loaded at the start, as a new version where it differs from the newest. */
  @IsString() @IsNotEmpty() readonly POLICY_FILE!: string;
  /** How long an ended handoff is kept, and an event whose handoff never came; 0: for good. */
  @IsHandoffDays() readonly HANDOFF_DAYS: number = 90;
  /** How long an agent has to take or refuse what it is offered. */
  @IsInt() @Min(1) @Max(days(1)) readonly OFFER_SECONDS: number = 60;
  /** How long an agent that holds a task may be silent before the next one gets it. */
  @IsInt() @Min(1) @Max(days(7)) readonly LEASE_SECONDS: number = 600;
  /** How long a rejection is the answer to the same asked again, so that an agent in a loop disturbs nobody; 0: each time anew. */
  @IsInt() @Min(0) @Max(days(30)) readonly REJECTION_STANDS_SECONDS: number = hours(24);
}
