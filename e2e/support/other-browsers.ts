// Browsers other than Chromium: in the projects `firefox` and `webkit` Playwright's own, and in every other project an
// installed Firefox as its makers ship it, which Playwright drives by WebDriver BiDi.
import { type Browser, firefox, webkit } from '@playwright/test';
import type { SoundCard } from '@/e2e/support/sound-card';
import { isPlaywrights } from '@/scripts/browser';
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
  const installed = isPlaywrights(project) ? undefined : FIREFOX;
  return type.launch({
    ...(installed && { channel: 'moz-firefox' }),
    ...(type === firefox && { firefoxUserPrefs: PREFERENCES[media] }),
    // The path and the arguments of the configuration are Chromium's.
    executablePath: installed ?? type.executablePath(),
    args: [],
    env: { ...process.env, ...card?.env },
  });
}
