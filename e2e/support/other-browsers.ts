// Browsers other than Chromium: in the project `browser` an installed Firefox as its makers ship it, which Playwright
// drives by WebDriver BiDi, and in the projects `firefox` and `webkit` Playwright's own.
import { type Browser, firefox, webkit } from '@playwright/test';
import type { SoundCard } from '@/e2e/support/sound-card';
import { onPath } from '@/scripts/lib/programs';

/** Path of an installed Firefox. */
export const FIREFOX = ['firefox-esr', 'firefox']
  .map((name) => onPath(name, process.env))
  .find(Boolean);

/** Allows or blocks the microphone and sound. No other setting of Firefox is changed. */
const PREFERENCES = {
  // A microphone that hums, and needs no permission.
  allowed: { 'media.navigator.streams.fake': true, 'media.navigator.permission.disabled': true },
  // As people set it in Firefox: no page gets the microphone, and a click allows only the sound that it starts.
  blocked: { 'permissions.default.microphone': 2, 'media.autoplay.blocking_policy': 2 },
};

/** Starts the browser of a project. @param media whether it allows pages a microphone, and sound after a click */
export function startBrowser(
  project: string,
  media: keyof typeof PREFERENCES,
  card: SoundCard | undefined,
): Promise<Browser> {
  const type = project === 'webkit' ? webkit : firefox;
  const installed = project === 'browser' ? FIREFOX : undefined;
  return type.launch({
    ...(installed && { channel: 'moz-firefox' }),
    ...(type === firefox && { firefoxUserPrefs: PREFERENCES[media] }),
    // The path and the arguments of the configuration are Chromium's.
    executablePath: installed ?? type.executablePath(),
    args: [],
    env: { ...process.env, ...card?.env },
  });
}
