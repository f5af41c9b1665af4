import { ServiceConfig } from '@handoff/runtime';
import { IsNotEmpty, IsString } from 'class-validator';

export class RoutingConfig extends ServiceConfig {
  /** YAML or JSON: people, teams, rules and windows. Loaded at the start, as a new version where it differs from the newest. */
  @IsString() @IsNotEmpty() readonly POLICY_FILE!: string;
}
