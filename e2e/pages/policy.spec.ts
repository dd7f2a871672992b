// The Content-Security-Policy blocks what it forbids. All other browser tests check that the pages themselves never
// violate it (`support/test.ts`).
import { expect, test } from '@/e2e/support/test';

test('violations are blocked and reported', async ({ page, stack, violations }) => {
  await page.goto(stack.web);
  await page.evaluate(async () => {
    const link = document.createElement('a');
    link.href = 'javascript:document.title="overtaken"';
    const handler = document.createElement('div');
    handler.setAttribute('onclick', 'document.title = "overtaken"');
    const style = document.createElement('style');
    style.textContent = 'body { display: none }';
    const image = new Image();
    image.src = 'http://127.0.0.2:9/seen.png';
    const frame = document.createElement('iframe');
    frame.src = 'http://127.0.0.2:9/';
    const base = document.createElement('base');
    base.href = 'http://127.0.0.2:9/';
    document.head.append(base);
    document.body.append(link, handler, style, image, frame);
    handler.click();
    link.click();
    await fetch('http://127.0.0.2:9/').catch(() => {});
  });
  const directives = () => [...new Set(violations.map((one) => one.split(' ')[0]))].sort();
  await expect
    .poll(directives)
    .toEqual(
      [
        'base-uri',
        'connect-src',
        'frame-src',
        'img-src',
        'script-src-attr',
        'script-src-elem',
        'style-src-elem',
      ].sort(),
    );
  await expect(page).not.toHaveTitle('overtaken');
  await expect(page.getByRole('button', { name: 'Start call' })).toBeVisible();
  violations.length = 0;
});
