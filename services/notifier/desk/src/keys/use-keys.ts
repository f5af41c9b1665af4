import { useLocalStorage } from '@mantine/hooks';
import { useEffect, useEffectEvent } from 'react';
import { matchKey, type KeyCommand } from './match-key.js';

/** Returns false to leave the key to the layer below. */
export type KeyHandlers = { readonly [command in KeyCommand]?: () => void | false };

const layers: ((command: KeyCommand) => boolean)[] = [];
let letters = true;

/** Answers keys while mounted. The newest layer hears first: Escape closes a panel before it leaves the page. */
export function useKeys(handlers: KeyHandlers): void {
  const handle = useEffectEvent((command: KeyCommand) => {
    const handler = handlers[command];
    return handler !== undefined && handler() !== false;
  });
  useEffect(() => {
    const layer = (command: KeyCommand) => handle(command);
    if (layers.push(layer) === 1) window.addEventListener('keydown', onKeyDown);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
      if (layers.length === 0) window.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}

/** Whether single letters are on, remembered in this browser. */
export function useLetterKeys(): readonly [on: boolean, set: (on: boolean) => void] {
  const [on, set] = useLocalStorage({ key: 'handoff-desk-letter-keys', defaultValue: true, getInitialValueInEffect: false });
  useEffect(() => {
    letters = on;
  }, [on]);
  return [on, set];
}

function onKeyDown(event: KeyboardEvent): void {
  const at = event.target instanceof Element ? event.target : document.body;
  if (event.defaultPrevented || event.isComposing || at.closest('[role=dialog], [contenteditable=true]')) return; // those have keys of their own
  const inField = at.matches('textarea, select, input:not([type=radio], [type=checkbox])');
  const command = matchKey({
    key: event.key,
    ctrlKey: event.ctrlKey,
    metaKey: event.metaKey,
    altKey: event.altKey,
    inField,
    inQueue: at.closest('[data-queue-row]') !== null,
    letters,
  });
  if (event.repeat && command !== 'next' && command !== 'previous') return; // a key held down decides nothing
  if (command && layers.toReversed().some((layer) => layer(command))) event.preventDefault();
}
