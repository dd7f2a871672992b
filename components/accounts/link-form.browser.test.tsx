// The form behind a sign-up or password link.
import { expect, it, vi } from 'vitest';
import { goTo } from '@/components/accounts/accounts-client';
import { LinkForm } from '@/components/accounts/link-form';
import { answerWith, problem, show } from '@/components/testing/show';

vi.mock(import('@/components/accounts/accounts-client'), async (load) => ({
  ...(await load()),
  // A test that left its page would end.
  goTo: vi.fn(),
}));

it('creates an account for the invited address', async () => {
  const requests = answerWith(() => Response.json({}));
  const form = await show(<LinkForm kind="sign-up" link="abc" email="ann@example.com" />);
  expect(form.getByRole('textbox', { name: 'E-mail' }).elements()).toEqual([]);
  await form.getByLabelText('Name').fill('Ann');
  await form.getByLabelText('Password').fill('a long sentence to remember');
  await form.getByRole('button', { name: 'Create account' }).click();
  await vi.waitFor(() => expect(goTo).toHaveBeenCalledWith('/'));
  expect(requests).toEqual([
    {
      method: 'POST',
      path: '/api/people/sign-up/abc',
      body: { name: 'Ann', email: 'ann@example.com', password: 'a long sentence to remember' },
    },
  ]);
});

it('asks for the password alone behind a password link, and says why one is refused', async () => {
  const requests = answerWith(() => problem(400, 'The password is too short.'));
  const form = await show(<LinkForm kind="password" link="abc" email="ann@example.com" />);
  expect(form.getByLabelText('Name').elements()).toEqual([]);
  await form.getByLabelText('Password').fill('short');
  await form.getByRole('button', { name: 'Set password' }).click();
  await expect.element(form.getByRole('alert')).toHaveTextContent('The password is too short.');
  expect(requests).toMatchObject([
    { path: '/api/people/password/abc', body: { password: 'short' } },
  ]);
  await expect.element(form.getByRole('button', { name: 'Set password' })).toBeEnabled();
});
