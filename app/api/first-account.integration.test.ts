// The links for the first account: each web process prints its own, and all are valid until one is used.

import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { server } from '@/lib/server';
import { endSignIn, PASSWORD, requireSignIn } from '@/lib/testing/accounts';
import { testDatabase } from '@/lib/testing/databases';

describe('the first account', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>;

  beforeAll(async () => {
    database = await testDatabase();
    requireSignIn(database);
  });
  afterAll(() => endSignIn(database));

  it('is created within an hour with a link that is printed at each start', async () => {
    const { offerFirstAccount } = await import('@/lib/auth/first-account');
    const { seeSignUpLink } = await import('@/lib/auth/sign-up-links');
    const printed = vi.spyOn(console, 'log').mockReturnValue();
    onTestFinished(() => printed.mockRestore());
    await offerFirstAccount(server());
    const said = String(printed.mock.lastCall);
    expect(said).toContain('restart the server');
    const link = said.match(/\/sign-up\/(\S+)/)?.[1] ?? '';
    const now = Date.now();
    expect((await seeSignUpLink(server(), link, now + 59 * 60_000)).role).toBe('admin');
    await expect(seeSignUpLink(server(), link, now + 61 * 60_000)).rejects.toThrow('has expired');
  });

  it.each([
    ['0', 1],
    ['1', 0],
  ])('logs at the start if a proxy hides callers: TRUST_PROXY=%s', async (TRUST_PROXY, times) => {
    requireSignIn(database, { PUBLIC_URL: 'https://calls.example.com', TRUST_PROXY });
    const { offerFirstAccount } = await import('@/lib/auth/first-account');
    const printed = vi.spyOn(console, 'log').mockReturnValue();
    const warned = vi.spyOn(console, 'error').mockReturnValue();
    onTestFinished(() => {
      printed.mockRestore();
      warned.mockRestore();
      requireSignIn(database, { TRUST_PROXY: '' });
    });
    await offerFirstAccount(server());
    const text = expect.stringContaining('TRUST_PROXY is not set');
    expect(warned.mock.calls).toEqual(Array(times).fill([text]));
  });

  it('is created with any of the links, once', async () => {
    const { makeSignUpLink, seeSignUpLink } = await import('@/lib/auth/sign-up-links');
    const { signUp } = await import('@/lib/auth/people');
    const now = Date.now();
    const first = { role: 'admin', email: undefined } as const;
    const links = [
      await makeSignUpLink(server(), first, now - 1),
      await makeSignUpLink(server(), first, now),
    ];
    for (const link of links) expect((await seeSignUpLink(server(), link, now)).role).toBe('admin');

    const accepted = await Promise.allSettled(
      links.map((link, at) =>
        signUp(
          server(),
          link,
          { name: `A${at}`, email: `a${at}@example.com`, password: PASSWORD },
          new Headers(),
        ),
      ),
    );
    expect(accepted.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    for (const link of links) {
      await expect(seeSignUpLink(server(), link, now)).rejects.toThrow('Ask an admin');
    }
  });
});
