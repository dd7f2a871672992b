// Whatever stands in local storage, there are settings.
import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS, parseSettings } from './settings';

it.each<[string, string | null, object]>([
  ['nothing', null, {}],
  ['half a text', '{"staging":tr', {}],
  ['no object', 'null', {}],
  ['a list', '[true]', {}],
  ['a text', '"staging"', {}],
  ['what was chosen', '{"staging":true,"name":"Jo"}', { staging: true, name: 'Jo' }],
  ['values of another kind', '{"staging":"yes","sounds":null,"name":"Jo"}', { name: 'Jo' }],
  ['what a colleague does', '{"takeover":"stay"}', { takeover: 'stay' }],
  ['what none does', '{"takeover":"dance"}', {}],
  ['what is no setting', '{"toString":1,"__proto__":{"staging":true},"older":true}', {}],
])('%s', (_, stored, chosen) => {
  expect(parseSettings(stored)).toEqual({ ...DEFAULT_SETTINGS, ...chosen });
});
