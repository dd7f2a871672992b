import { expect, test } from 'vitest';
import { catalogue, lettaAgent } from '@/lib/core/catalogue';
import { filterAgents } from './filter-bar';

const own = catalogue.map(({ name }) => name);
const others = (served: string[], called: string[]) =>
  filterAgents(served, called).slice(own.length);
const letta = { name: lettaAgent.name, person: lettaAgent.person };

test.each<[string, string[], string[], unknown[]]>([
  ['nothing loaded yet: the catalogue', [], [], []],
  ['served, never called', [...own, 'letta'], [], [letta]],
  ['called, no longer served', own, ['letta', 'front-desk', 'letta'], [letta]],
  ['an agent of another app', own, ['their-agent', ''], [{ name: 'their-agent' }]],
])('%s', (_, served, called, expected) => {
  expect(filterAgents(served, called).slice(0, own.length)).toEqual(catalogue);
  expect(others(served, called)).toEqual(expected);
});
