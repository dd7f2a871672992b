import { expect, test } from 'vitest';
import { catalogue, lettaAgent } from '@/lib/core/catalogue';
import { filterAgents } from './filter-agents';

const own = catalogue.map(({ name }) => name);
const others = (served: string[], called: string[]) =>
  filterAgents(served, called).slice(own.length);
const letta = { name: lettaAgent.name, person: lettaAgent.person };

test.each<[string, string[], string[], unknown[]]>([
  ['nothing known yet: the catalogue', [], [], []],
  ['served, and never called', [...own, 'letta'], [], [letta]],
  ['called, and not served any more', own, ['letta', 'front-desk', 'letta'], [letta]],
  ['one that is not of Callboard', own, ['their-agent', ''], [{ name: 'their-agent' }]],
])('%s', (_, served, called, expected) => {
  expect(filterAgents(served, called).slice(0, own.length)).toEqual(catalogue);
  expect(others(served, called)).toEqual(expected);
});
