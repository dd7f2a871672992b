// The Rules page: by keyboard, with a change by the API at the same time, and the effect of a rule.
import { agentsIn, rooms, type Stack, savedRules, setRules } from '@/e2e/support/stack';
import { expect, test } from '@/e2e/support/test';

const namesIn = async (stack: Stack) => (await savedRules(stack)).rules.map(({ name }) => name);

test.beforeEach(async ({ page, stack }) => {
  await setRules(stack);
  await page.goto(new URL('/settings/rules', stack.web).href);
});
test.afterEach(({ stack }) => setRules(stack));

test('a rule created on the page sends its agent into a room that starts', async ({
  page,
  stack,
}) => {
  await page.getByRole('button', { name: 'Add rule' }).click();
  await expect(page.getByPlaceholder('Support calls')).toBeVisible();
  await expect(page.getByLabel('Room name')).toHaveAttribute('placeholder', 'support-*');
  await page.getByLabel('Name', { exact: true }).fill('Simulations');
  await page.getByLabel('A room starts').check();
  await page.getByLabel('Room name').fill('simulation-*');
  await page.getByLabel('Deployment', { exact: true }).selectOption('staging');
  await page.getByRole('button', { name: 'Save rule' }).click();
  await expect(
    page.getByText('whose name is simulation-*, send front-desk, staging.'),
  ).toBeVisible();

  const names = ['simulation-1', 'other-1'];
  for (const name of names) await rooms(stack).createRoom({ name, emptyTimeout: 60 });
  await expect.poll(() => agentsIn(stack, 'simulation-1')).toEqual(['front-desk staging']);
  expect(await agentsIn(stack, 'other-1')).toEqual([]);
  for (const name of names) await rooms(stack).deleteRoom(name);
});

test('rules are created, sorted, toggled and deleted with the keyboard only', async ({
  page,
  stack,
}) => {
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await page.getByRole('button', { name: 'Add rule' }).focus();
  for (const name of ['First', 'Second']) {
    await press('Enter', 'Tab');
    await page.keyboard.type(name);
    await press('Enter');
    await expect(page.getByRole('button', { name: `Edit: ${name}` })).toBeFocused();
    await page.getByRole('button', { name: 'Add rule' }).focus();
  }
  expect(await namesIn(stack)).toEqual(['First', 'Second']);

  await page.getByRole('button', { name: 'Move up: Second' }).focus();
  await press('Enter');
  await expect(page.getByText('Saved.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Move up: Second' })).toBeFocused();
  expect(await namesIn(stack)).toEqual(['Second', 'First']);

  await page.getByRole('switch', { name: 'First' }).focus();
  await press('Space');
  await expect(page.getByText('Saved.')).toBeVisible();
  expect((await savedRules(stack)).rules[1]?.enabled).toBe(false);

  await page.getByRole('button', { name: 'Delete: First' }).focus();
  await press('Enter');
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await press('Shift+Tab', 'Enter');
  await expect(page.getByRole('button', { name: 'Add rule' })).toBeFocused();
  await expect.poll(() => namesIn(stack)).toEqual(['Second']);
});

test('errors of a rule are shown beside its fields', async ({ page }) => {
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.getByRole('spinbutton', { name: 'Percent of callers' }).fill('101');
  await page.getByRole('button', { name: 'Save rule' }).click();
  const name = page.getByLabel('Name', { exact: true });
  await expect(name).toHaveAccessibleDescription(/Name must not be empty\./);
  await expect(name).toBeFocused();
  await expect(
    page.getByRole('spinbutton', { name: 'Percent of callers' }),
  ).toHaveAccessibleDescription('Percent of callers must be 100 or less.');
});

test('a change by the API is neither lost nor hidden', async ({ page, stack }) => {
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Mine');
  // biome-ignore lint/suspicious/noThenProperty: a field of rules
  await setRules(stack, { name: 'Theirs', when: 'room_started', then: { agent: 'line-check' } });
  await page.getByRole('button', { name: 'Save rule' }).click();
  await expect(page.getByText('The rules were changed elsewhere')).toBeVisible();
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByRole('switch', { name: 'Theirs' })).toBeVisible();
  await page.getByRole('button', { name: 'Save rule' }).click();
  await expect.poll(() => namesIn(stack)).toEqual(['Theirs', 'Mine']);
});
