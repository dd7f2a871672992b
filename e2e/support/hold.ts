// Holds requests of a page back, so that a test sees the state before their response.
import type { Page } from '@playwright/test';

/** Holds back the requests that match `url`, from now on. @returns lets them go */
export async function hold(page: Page, url: string): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(url, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}
