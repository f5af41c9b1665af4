import { persist } from '../until.js';
import { RefusedError } from './knock.js';
import type { Person } from './person.js';

/** Applies policies as somebody who may do so, through whichever door is open. */
export class Administrator {
  constructor(private readonly person: Person) {}

  /** @returns puts back what was in force before */
  async change(rewrite: (text: string) => string): Promise<() => Promise<void>> {
    const { text } = await this.inForce();
    await this.apply(rewrite(text));
    return () => this.apply(text);
  }

  /** An answer may be lost on its way: whoever finds his own text in force has applied it. */
  private async apply(text: string): Promise<void> {
    await persist(async () => {
      const { text: before, version } = await this.inForce();
      if (before === text) return;
      const { status, body } = await this.person.policies('', { text, based_on: version });
      if (status === 409) throw new Error('Somebody else applied a policy meanwhile; looking again.');
      if (status !== 201) throw new RefusedError(`${this.person.id}'s policy`, status, body);
    });
  }

  private async inForce(): Promise<{ readonly text: string; readonly version: number }> {
    return persist(async () => {
      const { status, body } = await this.person.policies('/current');
      if (status !== 200) throw new Error(`The desk said ${status} about the policy in force.`);
      return { text: String(body['text']), version: Number(body['version']) };
    });
  }
}
