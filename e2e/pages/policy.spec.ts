// The pages under their Content-Security-Policy: what it forbids does not happen, and nothing that the
// pages do is forbidden. Every other browser test looks for breaches too (`support/test.ts`).
import { expect, test } from '../support/test';

test('what is forbidden does not happen, and is told', async ({ page, stack, violations }) => {
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
  const told = () => [...new Set(violations.map((one) => one.split(' ')[0]))].sort();
  await expect
    .poll(told)
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

test('nothing that the pages do is forbidden', async ({ page, stack }) => {
  const refused: string[] = [];
  page.on('console', (message) => {
    if (/content security policy|refused to|permissions.policy/i.test(message.text()))
      refused.push(message.text());
  });
  const open = (path: string) => page.goto(new URL(path, stack.web).href);
  await open('/?deployment=staging');
  await expect(page.getByText('Rehearsal: this call goes to')).toBeVisible();
  await open('/settings');
  for (const theme of ['Dark', 'Light']) {
    await page.getByRole('radio', { name: theme }).click();
    await expect(page.locator('html')).toHaveClass(new RegExp(theme.toLowerCase()));
  }
  await open('/agents?window=week');
  await expect(page.getByRole('region', { name: /^Ada/ })).toBeVisible();
  await page.getByRole('link', { name: 'Hour' }).click();
  await expect(page).toHaveURL(/window=hour/);
  await open('/calls');
  await expect(page.getByRole('heading', { name: 'Calls', level: 1 })).toBeVisible();
  const earlier = page.getByRole('list', { name: 'Earlier calls' }).getByRole('link').first();
  if (await earlier.isVisible()) await earlier.click();
  // That it comes to a verdict, the browser's own way to LiveKit too, is `doctor.spec.ts`'s.
  await open('/doctor');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(refused).toEqual([]);
});
