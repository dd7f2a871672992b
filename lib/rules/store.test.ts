import { expect, it } from 'vitest';
import type { Database } from '@/lib/db/database';
import { changeRules, loadRules } from '@/lib/rules/store';
import { testRule } from '@/lib/rules/testing/rules';
import { testServer } from '@/lib/testing/server';

it('a response that arrives after that of a later request is not put in force', async () => {
  const server = testServer();
  const responses: ((name: string) => void)[] = [];
  const where = () =>
    new Promise<unknown>((resolve) => {
      responses.push((name) =>
        resolve([{ value: { text: JSON.stringify({ rules: [testRule({ name })] }) } }]),
      );
    });
  const db = { select: () => ({ from: () => ({ where }) }) } as unknown as Database;
  server.database.current = { opening: Promise.resolve({ db, close: async () => {} }) };

  const reads = [loadRules(server), loadRules(server)];
  await expect.poll(() => responses.length).toBe(2);
  responses[1]?.('new');
  await reads[1];
  responses[0]?.('old');
  expect((await reads[0])?.rules).toMatchObject([{ name: 'old' }]);
  expect(server.rules.inForce).toMatchObject([{ name: 'new' }]);
});

it.each([
  { deployment: 'a_b' },
  { deployment: 'staging', share: { deployment: 'a_b', percent: 5 } },
])('a rule for a deployment that LiveKit refuses is not saved: %j', async (given) => {
  const one = testRule();
  Object.assign(one.then, given);
  const saving = changeRules(testServer(), [one], '');
  await expect(saving).rejects.toMatchObject({ kind: 'invalid-deployment' });
});
