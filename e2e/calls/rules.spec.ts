// The Rules page: by keyboard, with a file edited by hand at the same time, and the effect of a rule.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { agentsIn, rooms, TEST_DATA } from '../support/stack';
import { expect, test } from '../support/test';

const FILE = join(TEST_DATA, 'rules.json');
const names = async () =>
  JSON.parse(await readFile(FILE, 'utf8')).rules.map(({ name }: { name: string }) => name);

test.beforeEach(async ({ page, stack }) => {
  await writeFile(FILE, '{"rules":[]}');
  await page.goto(new URL('/settings/rules', stack.web).href);
});
test.afterEach(() => writeFile(FILE, '{"rules":[]}'));

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

test('rules are created, sorted, toggled and deleted with the keyboard only', async ({ page }) => {
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
  expect(await names()).toEqual(['First', 'Second']);

  await page.getByRole('button', { name: 'Move up: Second' }).focus();
  await press('Enter');
  await expect(page.getByText('Saved.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Move up: Second' })).toBeFocused();
  expect(await names()).toEqual(['Second', 'First']);

  await page.getByRole('switch', { name: 'First' }).focus();
  await press('Space');
  await expect(page.getByText('Saved.')).toBeVisible();
  expect(JSON.parse(await readFile(FILE, 'utf8')).rules[1].enabled).toBe(false);

  await page.getByRole('button', { name: 'Delete: First' }).focus();
  await press('Enter');
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await press('Shift+Tab', 'Enter');
  await expect(page.getByRole('button', { name: 'Add rule' })).toBeFocused();
  await expect.poll(names).toEqual(['Second']);
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

test('a manual edit of the file is neither lost nor hidden', async ({ page }) => {
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Mine');
  const theirs = '{ "name": "Theirs", "when": "room_started", "then": { "agent": "line-check" } }';
  await writeFile(FILE, `{ "rules": [${theirs}] }`);
  await page.getByRole('button', { name: 'Save rule' }).click();
  await expect(page.getByText('The rules were changed elsewhere')).toBeVisible();
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByRole('switch', { name: 'Theirs' })).toBeVisible();
  await page.getByRole('button', { name: 'Save rule' }).click();
  await expect.poll(names).toEqual(['Theirs', 'Mine']);

  await writeFile(FILE, '{\n  "rules": [\n    { "name": "Broken", }\n  ]\n}');
  await page.reload();
  await expect(page.getByText('rules.json is invalid')).toBeVisible();
  await expect(page.getByText('Line 3, column 25')).toBeVisible();
  await expect(page.getByRole('switch', { name: 'Mine' })).toBeDisabled();
});
