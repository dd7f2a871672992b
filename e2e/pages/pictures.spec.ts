// The pictures of the docs that need no call are as their pages are. `e2e/calls` looks at the others.
import { isPictured } from '@/e2e/support/pictures';
import { expect, test } from '@/e2e/support/test';

test.use({ viewport: { width: 1280, height: 760 } });

for (const [picture, path] of [
  ['overrides', '/?deployment=staging'],
  ['history', '/calls'],
] as const) {
  test(picture, async ({ page, stack }) => {
    await page.goto(new URL(path, stack.web).href);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await isPictured(page, picture);
  });
}
