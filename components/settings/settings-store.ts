// The settings of this browser, shared between components and tabs.
import { localStore } from '@/components/ui/browser';
import { createStore, useStore } from '@/components/ui/store';
import { DEFAULT_SETTINGS, parseSettings, SETTINGS_KEY, type Settings } from '@/lib/call/settings';

const stored = (): Settings => parseSettings(localStore.read(SETTINGS_KEY));

const inBrowser = typeof window !== 'undefined';
const store = createStore<Settings>(inBrowser ? stored() : DEFAULT_SETTINGS);
if (inBrowser) {
  window.addEventListener('storage', (event) => {
    if (event.key === SETTINGS_KEY || event.key === null) store.set(stored());
  });
}

/** The current settings, for code outside of React. */
export const currentSettings = store.get;

/** Subscribes to changes; returns the function that unsubscribes. */
export const onSettings = store.subscribe;

/** The settings; the defaults until the page is hydrated. */
export function useSettings(): Settings {
  return useStore(store, DEFAULT_SETTINGS);
}

/** Changes settings, and saves them; where storage is denied, they apply until the page is closed. */
export function changeSettings(change: Partial<Settings>): void {
  store.set({ ...store.get(), ...change });
  localStore.write(SETTINGS_KEY, JSON.stringify(store.get()));
}
