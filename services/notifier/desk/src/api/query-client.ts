import { QueryCache, QueryClient } from '@tanstack/react-query';
import { hasStatus, ProblemError } from './problem-error.js';
import { keys } from './use-desk.js';

export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (hasStatus(error, 401)) client.setQueryData(keys.me, null);
      },
    }),
    defaultOptions: {
      queries: { retry: (failures, error) => !(error instanceof ProblemError && error.problem.status < 500) && failures < 2 },
      mutations: { retry: false },
    },
  });
  return client;
}
