// The person's menu by keyboard and by mouse.
import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { PersonMenu } from '@/components/shell/person-menu';
import { show } from '@/components/testing/show';

vi.mock('next/navigation', async (original) => ({
  ...(await original<object>()),
  usePathname: () => '/settings',
}));

const menu = (name: string) => page.getByRole('button', { name });

it('says who is signed in, and offers what they may do', async () => {
  await show(<PersonMenu />, { signedIn: { name: 'Cleo', role: 'caller' }, rights: ['call'] });
  await expect.element(page.getByText('Sign out')).not.toBeVisible();
  await menu('Cleo: your menu').click();
  await expect.element(page.getByText('Caller')).toBeVisible();
  await expect
    .element(page.getByRole('link', { name: 'Settings' }))
    .toHaveAttribute('aria-current');
  await expect.element(page.getByRole('link', { name: 'Account' })).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
  // Staging is for those who may dispatch.
  await expect.element(page.getByRole('switch')).not.toBeInTheDocument();
});

it('without accounts there is nothing to sign out of, and staging is one click away', async () => {
  await show(<PersonMenu />, { rights: ['call', 'dispatch'] });
  await menu('Your menu').click();
  await expect.element(page.getByText('This server has no accounts.')).toBeVisible();
  await expect.element(page.getByText('Sign out')).not.toBeInTheDocument();
  const staging = page.getByRole('switch', { name: 'Staging' });
  await staging.click();
  await expect.element(staging).toBeChecked();
  await staging.click();
  await expect.element(staging).not.toBeChecked();
});

it('opens and closes by keyboard, and with a click elsewhere', async () => {
  await show(
    <>
      <PersonMenu />
      <p>Elsewhere</p>
    </>,
    { signedIn: { name: 'Ann', role: 'admin' }, rights: ['call'] },
  );
  const button = menu('Ann: your menu');
  const account = page.getByRole('link', { name: 'Account' });
  await userEvent.tab();
  await expect.element(button).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(account).toBeVisible();
  await userEvent.tab();
  await userEvent.keyboard('{Escape}');
  await expect.element(account).not.toBeInTheDocument();
  await expect.element(button).toHaveFocus();
  await button.click();
  await expect.element(account).toBeVisible();
  await page.getByText('Elsewhere').click();
  await expect.element(account).not.toBeInTheDocument();
});
