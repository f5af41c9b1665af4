import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

/** What the provider keeps, for as long as it runs. */
export function inMemory(): AdapterFactory {
  const kept = new Map<string, AdapterPayload>();
  return (model) => adapterOf(kept, (id) => `${model}:${id}`);
}

function adapterOf(kept: Map<string, AdapterPayload>, key: (id: string) => string): Adapter {
  return {
    upsert: async (id, payload) => void kept.set(key(id), payload),
    find: async (id) => kept.get(key(id)),
    findByUid: async (uid) => [...kept.values()].find((it) => it.kind === 'Session' && it.uid === uid),
    findByUserCode: async () => undefined,
    consume: async (id) => void Object.assign(kept.get(key(id)) ?? {}, { consumed: Math.floor(Date.now() / 1000) }),
    destroy: async (id) => void kept.delete(key(id)),
    revokeByGrantId: async (grantId) => {
      for (const [id, payload] of kept) if (payload.grantId === grantId) kept.delete(id);
    },
  };
}
