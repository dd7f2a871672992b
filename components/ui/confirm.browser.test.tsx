// A button that asks before it deletes: where the focus is, and what happens when it fails.
import { expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { show } from '@/components/testing/show';
import { ConfirmDelete } from '@/components/ui/confirm';
import { ApiError } from '@/components/ui/request';

const words = {
  button: 'Delete call',
  ask: 'Delete this call?',
  yes: 'Delete permanently',
  no: 'Cancel',
  busy: 'Deleting…',
  failed: 'The call could not be deleted',
};

it('asks with the focus on Cancel, and gives it back', async () => {
  const page = await show(<ConfirmDelete words={words} onDelete={async () => {}} />);
  await page.getByRole('button', { name: 'Delete call' }).click();
  await expect.element(page.getByText('Delete this call?')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Cancel' })).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('button', { name: 'Delete call' })).toHaveFocus();
});

it('deletes once, and shows why it failed', async () => {
  let times = 0;
  let fail = () => {};
  const onDelete = () => {
    times += 1;
    return new Promise<void>((_, reject) => {
      fail = () => reject(new ApiError('The database is unavailable.', 503));
    });
  };
  const page = await show(<ConfirmDelete words={words} onDelete={onDelete} />);
  await page.getByRole('button', { name: 'Delete call' }).click();
  await page.getByRole('button', { name: 'Delete permanently' }).click();
  const busy = page.getByRole('button', { name: 'Deleting…' });
  await busy.click({ force: true });
  expect(times).toBe(1);
  fail();
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent('The call could not be deleted: The database is unavailable.');
});
