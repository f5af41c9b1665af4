import { QueryCache, QueryClient } from '@tanstack/react-query';
import { hasStatus, isRefusal } from './problem-error.js';
import { keys } from './use-desk.js';

export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (hasStatus(error, 401)) client.setQueryData(keys.me, null);
      },
    }),
    defaultOptions: {
      queries: { retry: (failures, error) => !isRefusal(error) && failures < 2 },
      mutations: { retry: false },
    },
  });
  return client;
}
