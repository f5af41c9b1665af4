import { CANARY_ROBOT, minutes, type HandoffId } from '@handoff/contracts';
import { DeskClient } from '../desk/desk-client.js';
import { DeskRefusalError } from '../desk/desk-refusal.js';
import { signInByLink } from '../desk/sign-in.js';
import { signInLink } from '../sign-in-link.js';

/** Answers at the desk, as people do, with a session of its own: its secret signs in nobody else. */
export class Robot {
  private desk: Promise<DeskClient> | null = null;

  constructor(
    private readonly deskUrl: string,
    private readonly secret: string,
  ) {}

  async answer(handoffId: HandoffId, packetVersion: number): Promise<void> {
    try {
      await this.decide(handoffId, packetVersion);
    } catch (error) {
      if (!(error instanceof DeskRefusalError) || error.status !== 401) throw error;
      this.desk = null; // the session has ended, or the desk's database is another one
      await this.decide(handoffId, packetVersion);
    }
  }

  private async decide(handoff_id: HandoffId, packet_version: number): Promise<void> {
    this.desk ??= this.signIn();
    const desk = await this.desk.catch((error: unknown) => {
      this.desk = null;
      throw error;
    });
    await desk.decide({ handoff_id, packet_version }, { type: 'respond', message: 'It came through.', asking_was: 'necessary' });
  }

  private async signIn(): Promise<DeskClient> {
    const link = signInLink({ deskUrl: this.deskUrl, secret: this.secret, person: CANARY_ROBOT, validFor: minutes(1) });
    return DeskClient.withSession(this.deskUrl, await signInByLink(link));
  }
}
