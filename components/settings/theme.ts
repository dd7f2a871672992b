// The theme of the pages: the one that was chosen in this browser, or the system's. A script in the head applies it to a new
// page (`before-paint.ts`), and from then on it is followed here. That script stands before the style sheets, and it is why
// this is not next-themes, whose script stands after them.
import { localStore } from '@/components/ui/browser';
import { createStore, useStore } from '@/components/ui/store';
import { SYSTEM_DARK, THEME_KEY, THEMES, type Theme } from '@/lib/core/theme';

/** Class of the page while its theme changes: `app/globals.css`. */
const CHANGING = 'theme-changing';

const stored = (): Theme => {
  const kept = localStore.read(THEME_KEY);
  return THEMES.find((one) => one === kept) ?? 'system';
};

const store = createStore<Theme>('system');

/** Applies what is chosen on the settings page or in another tab, and changes of the system. Call it once in the browser. */
export function followTheme(): void {
  const system = matchMedia(SYSTEM_DARK);
  const apply = () => {
    const chosen = store.get();
    const theme = chosen === 'system' ? (system.matches ? 'dark' : 'light') : chosen;
    const { classList, style } = document.documentElement;
    if (classList.contains(theme)) return;
    // Without transitions: colors of both themes at once are hard to read.
    classList.add(CHANGING);
    classList.remove('light', 'dark');
    classList.add(theme);
    style.colorScheme = theme;
    // Computes the new colors before transitions are back.
    void getComputedStyle(document.body).color;
    setTimeout(() => classList.remove(CHANGING), 1);
  };
  store.set(stored());
  store.subscribe(apply);
  system.addEventListener('change', apply);
  window.addEventListener('storage', ({ key }) => {
    if (key === THEME_KEY || key === null) store.set(stored());
  });
}

/** The theme that is chosen, as far as the server knows. */
export const useTheme = (): Theme => useStore(store, 'system');

/** Chooses a theme; where storage is denied, it applies until the page is closed. */
export function chooseTheme(theme: Theme): void {
  store.set(theme);
  localStore.write(THEME_KEY, theme);
}
