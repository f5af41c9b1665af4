import type { HandoffId } from '@handoff/contracts';
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import type { DecisionRequest, MoveRequest } from './desk-types.js';
import { send } from './request.js';
import { sendAnswer, type Recorded } from './send-answer.js';
import { keys, useRefetch } from './use-desk.js';

/** One answer to one handoff. Never retried by itself: a person sees what happened and tries again. */
export function useDecide(id: HandoffId, onDecided: (recorded: Recorded) => void): UseMutationResult<Recorded, Error, DecisionRequest> {
  const refetch = useRefetch();
  return useMutation({
    mutationFn: (answer) => sendAnswer(id, answer),
    onSuccess: onDecided, // also where the person has meanwhile opened another handoff
    onSettled: () => refetch(id), // a refusal, too, tells that what is shown is old
  });
}

export function useMove(id: HandoffId): UseMutationResult<unknown, Error, MoveRequest> {
  const refetch = useRefetch();
  return useMutation({
    mutationFn: (move) => send(`/handoffs/${encodeURIComponent(id)}/moves`, move),
    onSettled: () => refetch(id),
  });
}

export function useSignOut(): UseMutationResult<unknown, Error, void> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => send<{ readonly end_session_url: string | null }>('/sign-out'),
    onSuccess: ({ end_session_url: elsewhere }) => {
      client.removeQueries({ predicate: ({ queryKey: [first] }) => first !== keys.me[0] }); // the next one to sign in finds nothing of it
      client.setQueryData(keys.me, null);
      if (elsewhere) window.location.assign(elsewhere); // the identity provider's session ends there
    },
  });
}
