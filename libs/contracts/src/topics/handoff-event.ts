import 'reflect-metadata';
import { IsInt, IsNotEmpty, IsString, IsUUID, Min } from 'class-validator';
import type { HandoffId, TenantId } from '../ids.js';

/** What every event of a handoff says. It states its writer's whole current view, so a newer one replaces an older. */
export class HandoffEvent {
  @IsString() @IsNotEmpty() readonly tenant!: TenantId;
  @IsUUID() readonly handoff_id!: HandoffId;
  /** Counts per handoff and writing service, from 1; an older one changes nothing. */
  @IsInt() @Min(1) readonly sequence!: number;
  /** The packet that the writer had in view, from 1; 0 where it had none. */
  @IsInt() @Min(0) readonly packet_version!: number;
}
