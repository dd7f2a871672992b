// The form for signing in.
import { beforeEach, expect, it, vi } from 'vitest';
import { goTo } from '@/components/accounts/accounts-client';
import { SignInForm } from '@/components/accounts/sign-in-form';
import { answerWith, problem, show } from '@/components/testing/show';
import type { Language } from '@/lib/core/language';

vi.mock(import('@/components/accounts/accounts-client'), async (load) => ({
  ...(await load()),
  // A test that left its page would end.
  goTo: vi.fn(),
}));
beforeEach(() => void vi.mocked(goTo).mockClear());

const shown = (oidc?: string, language: Language = 'en') =>
  show(<SignInForm next="/calls" oidc={oidc} failed={undefined} />, { language });

it('signs in with e-mail and password, and goes on to the page that was asked for', async () => {
  const requests = answerWith(() => Response.json({}));
  const form = await shown();
  await form.getByLabelText('E-mail').fill('ann@example.com');
  await form.getByLabelText('Password').fill('correct horse');
  await form.getByRole('button', { name: 'Sign in', exact: true }).click();
  await vi.waitFor(() => expect(goTo).toHaveBeenCalledWith('/calls'));
  expect(requests).toEqual([
    {
      method: 'POST',
      path: '/api/auth/sign-in/email',
      body: { email: 'ann@example.com', password: 'correct horse' },
    },
  ]);
});

it.each([
  [401, 'en', 'E-mail or password is wrong.'],
  [401, 'de', 'E-Mail oder Passwort ist falsch.'],
] as const)('says why it failed: %i in %s', async (status, language, words) => {
  answerWith(() => Response.json({}, { status }));
  const form = await shown(undefined, language);
  const [button] = form.getByRole('button').elements();
  await form.getByRole('textbox').first().fill('ann@example.com');
  (button as HTMLElement).click();
  await expect.element(form.getByRole('alert')).toHaveTextContent(words);
  expect(goTo).not.toHaveBeenCalled();
});

it('shows the server’s words after too many attempts', async () => {
  answerWith(() => problem(429, 'Try again in 5 minutes.'));
  const form = await shown();
  await form.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect.element(form.getByRole('alert')).toHaveTextContent('Try again in 5 minutes.');
});

it('offers the organization’s provider only if there is one', async () => {
  answerWith(() => Response.json({ url: 'https://id.example/authorize' }));
  const without = await shown();
  expect(without.getByRole('button', { name: /organi/i }).elements()).toEqual([]);
  await without.unmount();
  const form = await shown('example');
  await form.getByRole('button', { name: /organi/i }).click();
  await vi.waitFor(() => expect(goTo).toHaveBeenCalledWith('https://id.example/authorize'));
});
