// The settings of this browser, shared between components and tabs.
import { createStore, useStore } from '@/components/ui/store';
import { DEFAULT_SETTINGS, parseSettings, SETTINGS_KEY, type Settings } from '@/lib/call/settings';

function stored(): Settings {
  try {
    return parseSettings(localStorage.getItem(SETTINGS_KEY));
  } catch {
    // If storage is not available (private mode, blocked cookies), the defaults apply.
    return DEFAULT_SETTINGS;
  }
}

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

/** Changes settings, and saves them if storage is available. */
export function changeSettings(change: Partial<Settings>): void {
  store.set({ ...store.get(), ...change });
  try {
    localStorage.setItem(SETTINGS_KEY, JSON.stringify(store.get()));
  } catch {
    // They apply until the page is closed.
  }
}
