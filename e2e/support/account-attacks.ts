// Attacks on a product with sign-in and public agents: by an anonymous visitor who can set any header, and by somebody who took
// over an account. `pages/accounts.spec.ts` declares them and provides the product.
import type { Room } from '@livekit/rtc-node';
import type { Page } from '@playwright/test';
import { claimsOf, sendJson } from '@/e2e/support/attack';
import { rooms, type Stack } from '@/e2e/support/stack';
import { expect, test } from '@/e2e/support/test';
import { TICKET_HEADER } from '@/lib/dispatch/queue/queue-status';
import type { Admission } from '@/lib/livekit/admission';
import { PERSON_ATTRIBUTES } from '@/lib/livekit/attributes';
import { joinWith } from '@/lib/testing/participant';

/** A public agent with minutes left. */
const AGENT = 'line-check';
/** Milliseconds until LiveKit has reported a join and the caller is disconnected. */
const UPDATE_MS = 15_000;
/** Sign-in attempts from one address in a minute. */
const SIGN_INS = 10;
/** More than the agent's capacity. */
const CALLERS = 20;

/** The product under attack, with pages of signed-in users. */
interface Product {
  readonly stack: Stack;
  readonly admin: Page;
  readonly developer: Page;
  /** `PUBLIC_CALLS_PER_ADDRESS`. */
  readonly callsPerAddress: number;
  /** `PUBLIC_CALLS_AT_ONCE`. */
  readonly callsAtOnce: number;
}

/** Declares the tests. They end the developer's session. */
export function accountAttacks(product: () => Product): void {
  /** X-Forwarded-For as the proxy sets it: the client's own header, then the client's address. */
  const from = (address: string, made = '') => ({
    'x-forwarded-for': made ? `${made}, ${address}` : address,
  });
  const ask = (headers: Record<string, string>, attributes = {}) =>
    sendJson(
      product().stack,
      'POST',
      '/api/token',
      {
        room_config: { agents: [{ agent_name: AGENT }] },
        participant_attributes: attributes,
      },
      headers,
    );
  const statuses = async (asking: readonly ReturnType<typeof ask>[]) =>
    (await Promise.all(asking)).map(({ status }) => status).sort();
  const end = (room: Room) => rooms(product().stack).deleteRoom(room.name ?? '');

  test('attack: a forged X-Forwarded-For does not bypass a limit', async () => {
    const { stack, callsPerAddress } = product();
    const answers: number[] = [];
    for (let n = 0; n <= callsPerAddress; n += 1) {
      answers.push((await ask(from('203.0.113.1', `198.51.100.${n}`))).status);
    }
    expect(answers).toEqual([...Array.from({ length: callsPerAddress }, () => 201), 429]);

    // Attempts count before anything else is checked, because checking a password is slow.
    const attempts: number[] = [];
    for (let n = 0; n <= SIGN_INS; n += 1) {
      const headers = { ...from('203.0.113.2', `198.51.100.${n}`), origin: stack.web };
      attempts.push((await sendJson(stack, 'POST', '/api/auth/sign-in/email', {}, headers)).status);
    }
    expect(attempts).toEqual([...Array.from({ length: SIGN_INS }, () => 400), 429]);
  });

  test('attack: concurrent calls from one connection, and an endless call', async () => {
    const { callsAtOnce } = product();
    // Two networks in one /56, the size that a home is assigned.
    const line = (n: number) => from(`2001:db8:1:1${n}0::${n}`, '203.0.113.9');
    const passes: Admission[] = [];
    for (let n = 0; n <= callsAtOnce; n += 1) passes.push((await ask(line(n))).body);
    const endsAt = claimsOf(passes[0] as Admission).attributes[PERSON_ATTRIBUTES.endsAt];
    expect((Number(endsAt) - Date.now()) / 60_000).toBeLessThanOrEqual(15);
    for (const name of [PERSON_ATTRIBUTES.endsAt, PERSON_ATTRIBUTES.anonymous]) {
      expect((await ask(line(9), { [name]: '' })).status, name).toBe(422);
    }

    const joined = await Promise.all(passes.slice(0, callsAtOnce).map(joinWith));
    await expect
      .poll(async () => (await ask(from('2001:db8:1:1ff::1'))).status, { timeout: UPDATE_MS })
      .toBe(429);
    expect((await ask(from('2001:db8:1:200::1'))).status).toBe(201);
    const late = await joinWith(passes[callsAtOnce] as Admission);
    await expect.poll(() => late.isConnected, { timeout: UPDATE_MS }).toBe(false);
    expect(joined.map(({ isConnected }) => isConnected)).not.toContain(false);
    await Promise.all(joined.map(end));
  });

  test('attack: a queue ticket is good for one call, however often it is used at once', async () => {
    const { callsPerAddress } = product();
    const mine = from('203.0.113.3');
    const ticket = { ...mine, [TICKET_HEADER]: 'shown-twice' };
    // Use all starts but one, and then all of the agent's capacity.
    const before = Array.from({ length: callsPerAddress - 1 }, (_, n) =>
      ask({ ...mine, [TICKET_HEADER]: `mine-${n}` }),
    );
    expect(await statuses(before)).not.toContain(429);
    let last = 201;
    for (let n = 0; n < CALLERS && last === 201; n += 1) {
      last = (await ask({ ...from(`203.0.114.${n}`), [TICKET_HEADER]: `other-${n}` })).status;
    }
    expect(last).toBe(202);
    expect((await ask(ticket)).status).toBe(202);

    const answers: number[] = [];
    const thrice = async () => {
      answers.push(...(await statuses([ask(ticket), ask(ticket), ask(ticket)])));
      return answers;
    };
    await expect.poll(thrice, { timeout: 2 * UPDATE_MS, intervals: [500] }).toContain(201);
    expect(await thrice()).toContain(429);
    expect(answers.filter((status) => status === 201)).toHaveLength(1);
  });

  test('attack: after a new password, an attacker is signed out and hears no call', async () => {
    const { stack, admin, developer } = product();
    const { web } = stack;
    const origin = { origin: web };
    const as = async (page: Page, method: string, path: string, data?: unknown) => {
      const answer = await page.request.fetch(`${web}${path}`, { method, data, headers: origin });
      expect(answer.ok(), path).toBe(true);
      return answer.json();
    };
    const call = await joinWith((await ask(from('203.0.113.4'))).body);
    const heard: Admission = await as(developer, 'POST', `/api/rooms/${call.name}/listen`);
    const listener = await joinWith(heard);

    const { people } = await as(admin, 'GET', '/api/people');
    const { id } = people.find(({ email }: { email: string }) => email === 'dan@example.com');
    const { url } = await as(admin, 'POST', '/api/people/password-links', { id });
    const link = `/api${new URL(url).pathname.replace('/password/', '/people/password/')}`;
    const password = { password: 'a password that the owner knows' };
    expect((await sendJson(stack, 'POST', link, password, origin)).status).toBe(200);

    await expect.poll(() => listener.isConnected, { timeout: UPDATE_MS }).toBe(false);
    const again = await joinWith(heard);
    await expect.poll(() => again.isConnected, { timeout: UPDATE_MS }).toBe(false);
    expect(call.isConnected).toBe(true);
    await end(call);
    await developer.goto(`${web}/account`);
    await expect(developer).toHaveURL(/\/sign-in/);
  });
}
