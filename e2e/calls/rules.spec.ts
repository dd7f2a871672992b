// The effect of a rule that was created on the Rules page.
import { agentsIn, rooms, setRules } from '@/e2e/support/stack';
import { expect, test } from '@/e2e/support/test';

test.afterEach(({ stack }) => setRules(stack));

test('a rule created on the page sends its agent into a room that starts', async ({
  page,
  stack,
}) => {
  await page.goto(new URL('/admin/rules', stack.web).href);
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
