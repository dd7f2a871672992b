// Who counts as the user of this machine where sign-in is not required.

import { afterEach, expect, it, vi } from 'vitest';
import { visitorOf } from '@/lib/auth/visitor';
import { ADDRESS_HEADER } from '@/lib/http/client-address';
import { testServer } from '@/lib/testing/server';

const server = testServer();

afterEach(() => vi.unstubAllEnvs());

it.each([
  ['127.0.0.1', 'local'],
  ['127.0.1.1', 'local'],
  ['::1', 'local'],
  ['::ffff:127.0.0.1', 'local'],
  ['::2', 'nobody'],
  ['192.168.1.7', 'nobody'],
  ['::ffff:192.168.1.7', 'nobody'],
  ['fe80::1%eth0', 'nobody'],
  // The address of a closed socket.
  ['', 'nobody'],
])('a visitor of localhost from "%s" is %s', async (address, by) => {
  for (const name of ['AUTH', 'HOST', 'PUBLIC_URL', 'CALLBOARD_URL']) vi.stubEnv(name, '');
  const headers = new Headers({ host: 'localhost:3000', [ADDRESS_HEADER]: address });
  expect(await visitorOf(server, headers)).toMatchObject({ by });
});
