// Names of MCP tools.
import { expect, test } from 'vitest';
import { toolName } from './names';

const URL_OF_A = 'https://a.test:8080/mcp';

test.each<[string, readonly string[], string]>([
  ['forecast', [], 'forecast'],
  ['weather.get now', [], 'weather_get_now'],
  ['endCall', ['endCall'], 'a_test_8080_endCall'],
  ['endCall', ['endCall', 'a_test_8080_endCall'], 'a_test_8080_endCall_2'],
])('%s beside %o: %s', (name, taken, expected) => {
  const all = new Set(taken);
  expect(toolName(all, URL_OF_A, name)).toBe(expected);
  expect(all).toContain(expected);
});

test('no name is longer than a model accepts, or used twice', () => {
  const all = new Set<string>();
  const names = [1, 2, 3].map(() => toolName(all, URL_OF_A, 'x'.repeat(100)));
  expect(new Set(names).size).toBe(3);
  expect(names.every((name) => /^[\w-]{1,64}$/.test(name))).toBe(true);
});
