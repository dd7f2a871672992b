// The script in the head sets what the page sets once it is awake.
import { runInNewContext } from 'node:vm';
import { afterEach, expect, it, vi } from 'vitest';
import { BEFORE_PAINT } from '@/app/before-paint';
import { SETTINGS_KEY } from '@/lib/call/settings';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

interface Situation {
  /** What local storage has; undefined if it is denied. */
  readonly stored?: Readonly<Record<string, string>> | undefined;
  readonly search?: string;
  /** Whether the system's theme is dark. */
  readonly dark?: boolean;
}

/** A browser that has loaded a page: its globals, its `<html>`, and what happens in it. */
function browser(situation: Situation) {
  const { stored, search = '' } = { stored: {}, ...situation };
  let { dark = false } = situation;
  let kept = stored;
  const classes = new Set<string>();
  const root = {
    dataset: {} as Record<string, string>,
    style: {} as { colorScheme?: string },
    classList: {
      add: (name: string) => void classes.add(name),
      contains: (name: string) => classes.has(name),
      remove: (...names: string[]) => names.forEach((name) => void classes.delete(name)),
    },
  };
  const system = Object.assign(new EventTarget(), { media: '' });
  Object.defineProperty(system, 'matches', { get: () => dark });
  const window = new EventTarget();
  const globals = {
    ...{ URLSearchParams, window, location: { search } },
    document: { documentElement: root, body: {} },
    getComputedStyle: () => ({ color: '' }),
    matchMedia: () => system,
    localStorage: {
      getItem(key: string) {
        if (!kept) throw new DOMException('denied', 'SecurityError');
        return kept[key] ?? null;
      },
      setItem(key: string, value: string) {
        if (!kept) throw new DOMException('denied', 'SecurityError');
        kept = { ...kept, [key]: value };
      },
    },
  };
  return {
    globals,
    theme: () => {
      const themes = [...classes].filter((name) => name !== 'theme-changing');
      return [...themes, root.style.colorScheme].join();
    },
    isChanging: () => classes.has('theme-changing'),
    staging: () => 'staging' in root.dataset,
    kept: () => kept,
    systemTurns(to: 'dark' | 'light') {
      dark = to === 'dark';
      system.dispatchEvent(new Event('change'));
    },
    otherTabChooses(theme: string) {
      kept = { ...kept, theme };
      window.dispatchEvent(Object.assign(new Event('storage'), { key: 'theme' }));
    },
  };
}

/** A page that is awake in this browser. */
async function awake(page: ReturnType<typeof browser>) {
  runInNewContext(BEFORE_PAINT, page.globals);
  for (const [name, value] of Object.entries(page.globals)) vi.stubGlobal(name, value);
  const theme = await import('@/components/settings/theme');
  theme.followTheme();
  return theme;
}

it.each<[string, Situation]>([
  ['light', {}],
  ['dark', { dark: true }],
  ['dark', { stored: { theme: 'system' }, dark: true }],
  ['light', { stored: { theme: 'light' }, dark: true }],
  ['dark', { stored: { theme: 'dark' } }],
  ['light', { stored: { theme: 'other' } }],
  ['dark', { stored: undefined, dark: true }],
])('chooses the theme %s: %o', (theme, situation) => {
  const page = browser(situation);
  const names = Object.keys(page.globals);
  runInNewContext(BEFORE_PAINT, page.globals);
  expect(page.theme()).toBe(`${theme},${theme}`);
  expect(Object.keys(page.globals)).toEqual(names);
});

it('follows the system while no theme is chosen', async () => {
  const page = browser({});
  const { chooseTheme } = await awake(page);
  page.systemTurns('dark');
  expect(page.theme()).toBe('dark,dark');
  // Without transitions for a moment.
  expect(page.isChanging()).toBe(true);
  await vi.waitUntil(() => !page.isChanging());
  chooseTheme('light');
  expect(page.theme()).toBe('light,light');
  expect(page.kept()).toEqual({ theme: 'light' });
  page.systemTurns('light');
  page.systemTurns('dark');
  expect(page.theme()).toBe('light,light');
  chooseTheme('system');
  expect(page.theme()).toBe('dark,dark');
});

it('follows other tabs, and applies a choice that cannot be kept', async () => {
  const page = browser({ stored: { theme: 'dark' } });
  await awake(page);
  page.otherTabChooses('light');
  expect(page.theme()).toBe('light,light');
  vi.resetModules();
  const denied = browser({ stored: undefined });
  const { chooseTheme } = await awake(denied);
  chooseTheme('dark');
  expect(denied.theme()).toBe('dark,dark');
});

it.each<[boolean, Situation]>([
  [false, {}],
  [true, { stored: { [SETTINGS_KEY]: '{"staging":true}' } }],
  [true, { search: '?deployment=staging' }],
  [false, { search: '?deployment=production', stored: { [SETTINGS_KEY]: '{"staging":true}' } }],
  [false, { stored: { [SETTINGS_KEY]: 'not JSON' } }],
  [false, { stored: undefined }],
])('shows the banner of staging: %s with %o', (staging, situation) => {
  const page = browser(situation);
  runInNewContext(BEFORE_PAINT, page.globals);
  expect(page.staging()).toBe(staging);
});
