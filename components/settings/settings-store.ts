// The settings of this browser, shared by every part of the page and by its other tabs.
import { createStore, useStore } from '@/components/ui/store';
import { DEFAULT_SETTINGS, parseSettings, SETTINGS_KEY, type Settings } from '@/lib/call/settings';

function stored(): Settings {
  try {
    return parseSettings(localStorage.getItem(SETTINGS_KEY));
  } catch {
    // A browser that keeps nothing (private mode, blocked cookies) works with the defaults.
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

/** The settings now, for code outside React. */
export const currentSettings = store.get;

/** Calls the listener at each change; returns what stops that. */
export const onSettings = store.subscribe;

/** The settings, as by default until the page is awake. */
export function useSettings(): Settings {
  return useStore(store, DEFAULT_SETTINGS);
}

/** Changes some settings and remembers them where the browser allows it. */
export function changeSettings(change: Partial<Settings>): void {
  store.set({ ...store.get(), ...change });
  try {
    localStorage.setItem(SETTINGS_KEY, JSON.stringify(store.get()));
  } catch {
    // They hold until the page is closed.
  }
}
