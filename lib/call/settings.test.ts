// Settings from any value in local storage.
import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS, parseSettings } from '@/lib/call/settings';

it.each<[string, string | null, object]>([
  ['nothing', null, {}],
  ['incomplete JSON', '{"staging":tr', {}],
  ['no object', 'null', {}],
  ['a list', '[true]', {}],
  ['a text', '"staging"', {}],
  ['saved settings', '{"staging":true,"name":"Jo"}', { staging: true, name: 'Jo' }],
  ['values of another type', '{"staging":"yes","sounds":null,"name":"Jo"}', { name: 'Jo' }],
  ['a valid takeover', '{"takeover":"stay"}', { takeover: 'stay' }],
  ['an invalid takeover', '{"takeover":"dance"}', {}],
  ['push to talk', '{"talk":"push"}', { talk: 'push' }],
  ['an invalid way to talk', '{"talk":"shout"}', {}],
  ['unknown settings', '{"toString":1,"__proto__":{"staging":true},"older":true}', {}],
])('%s', (_, stored, chosen) => {
  expect(parseSettings(stored)).toEqual({ ...DEFAULT_SETTINGS, ...chosen });
});
