import { expect, it, vi } from 'vitest';
import { allReady, notLive, type Waiting } from '@/scripts/lib/ready';

const expected = [{ name: 'front-desk', deployments: ['production', 'staging'] as const }];

it('lists what is not live, including what is unknown', () => {
  const live = (name: string) => ({ name, live: true });
  const agents = [
    { name: 'front-desk', deployments: [live('production'), { name: 'staging', live: false }] },
  ];
  expect(notLive(agents, expected)).toEqual(['front-desk on staging']);
  expect(notLive([], expected)).toEqual(['front-desk on production', 'front-desk on staging']);
});

it('does not wait for an agent that is broken next to others', () => {
  const on = (live: boolean) => ({ name: 'staging', live });
  const broken = { ...on(false), workerDetails: [{ state: 'broken' as const }] };
  const two = (other: boolean) => [
    { name: 'quinn', deployments: [broken] },
    { name: 'front-desk', deployments: [on(other)] },
  ];
  const both = ['quinn', 'front-desk'].map((name) => ({
    ...{ name, deployments: ['staging'] as const },
  }));
  expect(notLive(two(true), both)).toEqual([]);
  expect(notLive(two(false), both)).toEqual(['quinn on staging', 'front-desk on staging']);
});

it('reports once what is late and why, then continues until all is ready', async () => {
  const late: (readonly Waiting[])[] = [];
  let tries = 0;
  const probes = [
    { name: 'web', check: async () => 'up' },
    {
      name: 'speech',
      async check() {
        tries += 1;
        if (late.length === 0) throw new Error('no model');
        return tries;
      },
    },
  ];
  const answers = await allReady(probes, { lateMs: 50, onLate: (list) => late.push(list) });
  expect(late).toEqual([[{ name: 'speech', why: 'no model' }]]);
  expect(answers).toEqual({ web: 'up', speech: tries });
});

it('repeats a check that never finishes', async () => {
  const asked = vi.fn(async () => 'here').mockReturnValueOnce(new Promise(() => {}));
  const answers = await allReady([{ name: 'web', check: asked }], {
    ...{ lateMs: 60_000, givenUpMs: 20, onLate: () => {} },
  });
  expect(answers).toEqual({ web: 'here' });
});
