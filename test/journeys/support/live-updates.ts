import { eventually } from '@handoff/testing';

/** The desk's stream of server-sent events, read as a page reads it. */
export class LiveUpdates {
  private text = '';

  private constructor(private readonly stop: AbortController) {}

  static async open(url: string, headers: Readonly<Record<string, string>>): Promise<LiveUpdates> {
    const updates = new LiveUpdates(new AbortController());
    const response = await fetch(url, { headers: { ...headers, accept: 'text/event-stream' }, signal: updates.stop.signal });
    if (!response.ok || !response.body) throw new Error(`The live updates gave ${response.status}: ${await response.text()}`);
    void updates.read(response.body);
    return updates;
  }

  /** Resolves once they have told of this handoff; an empty id tells of every one. */
  async tellOf(handoffId: string): Promise<void> {
    await eventually(`an update of ${handoffId}`, () => this.changed().some((id) => id === handoffId || id === ''));
  }

  /** Forgets what was told so far. */
  forget(): void {
    this.text = '';
  }

  close(): void {
    this.stop.abort();
  }

  private changed(): readonly string[] {
    return [...this.text.matchAll(/"handoff_id":"([^"]*)"/g)].map(([, id]) => id ?? '');
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    try {
      for await (const chunk of body.pipeThrough(new TextDecoderStream())) this.text += chunk;
    } catch {
      // closed, by us or with the desk; what was told is still here
    }
  }
}
