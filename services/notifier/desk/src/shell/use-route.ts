import type { HandoffId } from '@handoff/contracts';
import { useSyncExternalStore } from 'react';
import { readPage, readRoute, routeTo, type DeskSubpage } from './read-route.js';

const subscribe = (changed: () => void) => {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
};

export const useHash = (): string => useSyncExternalStore(subscribe, () => window.location.hash);

export const usePage = (): DeskSubpage | null => readPage(useHash());

export const useRoute = (): HandoffId | null => readRoute(useHash());

export function openHandoff(id: HandoffId | null): void {
  window.location.hash = routeTo(id);
}
