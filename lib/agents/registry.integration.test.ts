// The list of agents: those that a team adds are there at once, in all web processes, and after a restart.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { agentChange, newAgent } from '@/lib/agents/agent';
import {
  addAgent,
  changeAgent,
  followAgents,
  listedAgent,
  listedAgents,
  listOf,
  publicAgents,
  removeAgent,
} from '@/lib/agents/registry';
import { closeDatabase } from '@/lib/db/database';
import { checkedAgent } from '@/lib/dispatch/checks';
import type { Server } from '@/lib/server';
import type { TestDatabase } from '@/lib/testing/calls-database';
import { databases, hasPostgres, postgresDatabase, testDatabase } from '@/lib/testing/databases';
import { testServer } from '@/lib/testing/server';

const leftovers: (() => unknown)[] = [];
const infos = vi.spyOn(console, 'info').mockReturnValue();
afterEach(async () => {
  infos.mockClear();
  for (const clear of leftovers.splice(0).reverse()) await clear();
});

async function newPlace(make = testDatabase): Promise<TestDatabase> {
  const place = await make();
  leftovers.push(() => place.remove());
  return place;
}
/** A web process that has read the agents. */
async function start(
  { env }: Pick<TestDatabase, 'env'>,
  more: Readonly<Record<string, string>> = {},
): Promise<Server> {
  const server = testServer({ ...env, ...more });
  leftovers.push(() => closeDatabase(server));
  leftovers.push(await followAgents(server));
  return server;
}
const add = (server: Server, asked: object) => addAgent(server, newAgent.parse(asked));
const names = (server: Server) => listedAgents(server).map(({ name }) => name);
const kind = (of: string) => expect.objectContaining({ kind: of });

it.each(databases)(
  'adds, changes and removes an agent, also after a restart, on %s',
  async (_, make) => {
    const place = await newPlace(make);
    const first = await start(place);
    const code = names(first);
    const ask = (server: Server, deployment: string) => () =>
      checkedAgent(server, { agent_name: 'my agent', deployment });
    expect(ask(first, 'staging')).toThrow(kind('unknown-agent'));

    await add(first, { name: 'my agent', deployments: [{ name: '' }, { name: 'staging' }] });
    expect(names(first)).toEqual([...code, 'my agent']);
    expect(listedAgent(first, 'my agent')).toEqual({
      ...{ name: 'my agent', person: 'my agent', role: '', summary: '', source: 'team' },
      ...{ deployments: ['production', 'staging'], public: false },
    });
    expect(ask(first, 'staging')()).toMatchObject({ name: 'my agent', deployment: 'staging' });
    expect(ask(first, 'canary')).toThrow(kind('unknown-deployment'));
    await expect(add(first, { name: 'my agent' })).rejects.toEqual(kind('agent-exists'));

    await closeDatabase(first);
    const second = await start(place);
    expect(names(second)).toEqual([...code, 'my agent']);
    expect(listedAgent(second, 'my agent')?.replace_stuck).toBeUndefined();
    const changed = { title: 'Pia', public: true, replace_stuck: true };
    await changeAgent(second, 'my agent', agentChange.parse(changed));
    expect(listedAgent(second, 'my agent')).toMatchObject({
      ...{ person: 'Pia', summary: '', replace_stuck: true },
    });
    expect(publicAgents(second)).toEqual(['my agent']);
    await removeAgent(second, 'my agent');
    expect(names(second)).toEqual(code);
    await expect(removeAgent(second, 'my agent')).rejects.toEqual(kind('unlisted-agent'));
  },
);

describe.runIf(hasPostgres)('in several web processes', () => {
  it('an agent is there at once, and two of one name are never added', async () => {
    const place = await newPlace(postgresDatabase);
    const servers = [await start(place), await start(place)] as const;
    const added = await Promise.allSettled(servers.map((one) => add(one, { name: 'mine' })));
    expect(added.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    for (const one of servers) await expect.poll(() => names(one)).toContain('mine');
    await removeAgent(servers[0], 'mine');
    await expect.poll(() => names(servers[1])).not.toContain('mine');
  });
});

it('agents in code, and the name of those of Letta, are not for teams', async () => {
  const server = await start(await newPlace());
  const errors = [{ pointer: '#/name', detail: 'is the name of another agent' }];
  for (const name of ['front-desk', 'letta']) {
    const taken = { kind: 'agent-exists', members: { errors } };
    await expect(add(server, { name })).rejects.toMatchObject(taken);
  }
  await expect(changeAgent(server, 'front-desk', {})).rejects.toEqual(kind('agent-in-code'));
  await expect(removeAgent(server, 'front-desk')).rejects.toEqual(kind('agent-in-code'));
  // A file of that name was added later.
  const mine = { name: 'billing', title: 'Mine', summary: '', public: true };
  const all = listOf(server.config, [{ ...mine, deployments: [{ name: 'production' }] }]);
  expect(all.filter(({ name }) => name === 'billing')).toMatchObject([
    { source: 'code', public: false },
  ]);
});

it('settings may name agents that are added, and those that do not exist are logged', async () => {
  const place = await newPlace();
  const first = await start(place);
  await add(first, { name: 'mine' });
  await closeDatabase(first);
  infos.mockClear();
  const site = 'https://a.example';
  const set = {
    ...{ PUBLIC_AGENTS: 'mine, gone', MINUTES_A_DAY: 'mine=5,front-desk=3' },
    TOKEN_ORIGINS: `mine=${site};billing=${site}`,
  };
  await start(place, set);
  expect(infos.mock.calls.flat()).toEqual([
    expect.stringMatching(/PUBLIC_AGENTS.*: gone$/),
    expect.stringMatching(/TOKEN_ORIGINS.*not public: billing$/),
  ]);
});

it('a deployment has a name that the LiveKit server in use accepts', async () => {
  const place = await newPlace();
  const own = await start(place);
  const deployments = [{ name: 'a_b' }];
  const refused = {
    kind: 'invalid-deployment',
    members: { errors: [expect.objectContaining({ pointer: '#/deployments/0/name' })] },
  };
  await expect(add(own, { name: 'mine', deployments })).rejects.toMatchObject(refused);
  await add(own, { name: 'mine' });
  await expect(changeAgent(own, 'mine', agentChange.parse({ deployments }))).rejects.toMatchObject(
    refused,
  );
  await closeDatabase(own);
  const cloud = await start(place, { LIVEKIT_URL: 'wss://project.livekit.cloud' });
  await changeAgent(cloud, 'mine', agentChange.parse({ deployments }));
  expect(listedAgent(cloud, 'mine')?.deployments).toEqual(['a_b']);
});

describe('the body that adds an agent', () => {
  it.each([
    ['no name', {}],
    ['a blank name', { name: ' \u200b ' }],
    ['a long name', { name: 'x'.repeat(201) }],
    ['a control character', { name: 'a\nb' }],
    ['no deployment', { name: 'a', deployments: [] }],
    ['a deployment twice', { name: 'a', deployments: [{ name: '' }, { name: 'production' }] }],
    ['a deployment with a space', { name: 'a', deployments: [{ name: 'a b' }] }],
    ['a deployment of 64 characters', { name: 'a', deployments: [{ name: 'x'.repeat(64) }] }],
    ['a deployment that is text', { name: 'a', deployments: ['staging'] }],
    ['a long title', { name: 'a', title: 'x'.repeat(81) }],
    ['a field that is not known', { name: 'a', voice: 'slt' }],
    ['public as text', { name: 'a', public: 'yes' }],
  ])('may not have %s', (_, body) => {
    expect(newAgent.safeParse(body).success).toBe(false);
  });

  it('needs a name only', () => {
    expect(newAgent.parse({ name: ' Größe ' })).toEqual({
      ...{ name: 'Größe', summary: '', public: false, deployments: [{ name: 'production' }] },
    });
  });
});
