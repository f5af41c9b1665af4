import type { HandoffId } from '@handoff/contracts';
import { useSyncExternalStore } from 'react';
import { readRoute, routeTo } from './read-route.js';

const subscribe = (changed: () => void) => {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
};

export const useRoute = (): HandoffId | null => useSyncExternalStore(subscribe, () => readRoute(window.location.hash));

export function openHandoff(id: HandoffId | null): void {
  window.location.hash = routeTo(id);
}
