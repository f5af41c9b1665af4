import { describe, expect, it } from '@jest/globals';
import { Teardown } from './teardown.js';

describe('a teardown', () => {
  it('stops what was started last first, and each once', async () => {
    const stopped: string[] = [];
    const teardown = new Teardown();
    for (const name of ['catcher', 'postgres', 'services']) teardown.add(async () => void stopped.push(name));
    await Promise.all([teardown.run(), teardown.run()]);
    expect(stopped).toEqual(['services', 'postgres', 'catcher']);
  });

  it('goes on when one cannot be stopped, and says so at the end', async () => {
    const stopped: string[] = [];
    const teardown = new Teardown();
    teardown.add(async () => void stopped.push('postgres'));
    teardown.add(() => Promise.reject(new Error('stuck')));
    await expect(teardown.run()).rejects.toThrow('Not everything could be stopped.');
    expect(stopped).toEqual(['postgres']);
  });
});
