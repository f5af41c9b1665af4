import { Agent, request } from 'node:http';

/** A signed-in person's way to answer: the request that the page makes, on connections that stay open. */
export class DeskDoor {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 256 });

  private constructor(
    private readonly deskUrl: string,
    private readonly cookie: string,
  ) {}

  static async signIn(link: string): Promise<DeskDoor> {
    const response = await fetch(link, { redirect: 'manual', signal: AbortSignal.timeout(15_000) });
    const session = response.headers.getSetCookie().find((cookie) => cookie.startsWith('handoff_session='));
    if (!session) throw new Error(`The desk answered ${response.status} to a sign-in link: ${await response.text()}`);
    return new DeskDoor(new URL(link).origin, session.split(';', 1)[0] ?? session);
  }

  /** Approves the packet as it stands. @throws where the desk refuses */
  async approve(handoffId: string, packetVersion: number): Promise<void> {
    const body = JSON.stringify({ packet_version: packetVersion, type: 'approve' });
    const headers = {
      cookie: this.cookie,
      origin: this.deskUrl,
      'x-handoff-desk': '1',
      'content-type': 'application/json',
      'content-length': body.length,
    };
    return new Promise((done, fail) => {
      const sent = request(
        `${this.deskUrl}/desk/v1/handoffs/${handoffId}/decisions`,
        { method: 'POST', agent: this.agent, headers },
        (response) => {
          let text = '';
          response.on('data', (chunk: Buffer) => (text += response.statusCode === 201 ? '' : chunk.toString()));
          response.on('end', () =>
            response.statusCode === 201 ? done() : fail(new Error(`The desk answered ${response.statusCode}: ${text}`)),
          );
        },
      );
      sent.once('error', fail);
      sent.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
