// Telephones: the page that has an agent call one, where no line is set; and its keys in a call of the page.
import { expect, test } from './support/test';

test('the telephone page says how a line is set where there is none', async ({ page, stack }) => {
  await page.goto(new URL('/telephone', stack.web).href);
  await expect(page.getByRole('heading', { name: 'Telephone', exact: true })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('SIP_OUTBOUND_TRUNK');
  await expect(page.getByRole('button', { name: 'Call', exact: true })).toBeHidden();
  // What nobody can use is not offered where agents are.
  await page.goto(new URL('/agents', stack.web).href);
  await expect(page.getByRole('link', { name: /^Rehearse/ })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Call a telephone' })).toBeHidden();
});

test('keys pressed in a call are heard by the agent', async ({ caller }) => {
  const ben = await caller('/?agent=line-check');
  await ben.startAndBeGreeted(/milo|line/i);
  const { page } = ben;
  const opener = page.getByRole('button', { name: 'Keypad', exact: true });
  await opener.click();
  const keypad = page.getByRole('region', { name: 'Keypad' });
  // At once: the agent takes what comes after a pause for another number.
  await expect(keypad).toBeFocused();
  await page.keyboard.type('42#');
  await expect(ben.transcript).toContainText(/I heard[^.]*42/);
  await keypad.getByRole('button', { name: '7', exact: true }).click();
  await expect(keypad.getByLabel('Pressed')).toHaveText('42#7');
  await page.screenshot({ path: test.info().outputPath('keypad.png') });
  await expect(ben.transcript).toContainText(/I heard[^.]*7/);
  await keypad.press('Escape');
  await expect(keypad).toBeHidden();
  await expect(opener).toBeFocused();
  await page.setViewportSize({ width: 360, height: 740 });
  await page.screenshot({ path: test.info().outputPath('phone.png') });
});
