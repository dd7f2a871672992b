// The filters in URLs: strict in the API, lenient on the page.
import { describe, expect, test } from 'vitest';
import { apiQuery, inUse, NO_FILTER, pageHref, readFilter } from '@/lib/calls/view/page-filter';
import { parseCallQuery } from '@/lib/calls/view/query';
import { isProblem, type Problem } from '@/lib/core/problem';

const parse = (query: string) => parseCallQuery(new URLSearchParams(query));
const problem = (query: string): Problem => {
  try {
    parse(query);
  } catch (error) {
    if (isProblem(error)) return error;
  }
  throw new Error(`${query} was accepted`);
};

describe('the API', () => {
  test('accepts every filter', () => {
    expect(
      parse(
        'agent_name=a&deployment=staging&outcome=handed+off&ended_by=no+agent&from=2026-11-20T10:00:00Z&to=1&text=+word+&live=false&limit=5&cursor=x',
      ),
    ).toEqual({
      agent: 'a',
      deployment: 'staging',
      outcome: 'handed off',
      endedBy: 'no agent',
      from: Date.UTC(2026, 10, 20, 10),
      to: 1,
      text: 'word',
      live: false,
      limit: 5,
      cursor: 'x',
    });
    expect(parse('agent=a')).toEqual({ agent: 'a', endedBy: undefined });
    expect(parse('agent=&live=true')).toEqual({ live: true, endedBy: undefined });
  });
  test.each([
    ['ended_by=nobody', /ended_by must be one of caller, agent/],
    ['live=1', /live must be one of true, false/],
    ['limit=0', /limit/],
    ['limit=101', /limit/],
    ['from=yesterday', /from must be a time/],
    ['to=-1', /to must be a time/],
    ['agnet=a', /agnet is not a filter/],
    [`text=${'a'.repeat(201)}`, /text/],
  ])('refuses %s and names the valid values', (query, detail) => {
    const { kind, detail: said } = problem(query);
    expect(kind).toBe('invalid-request');
    expect(said).toMatch(detail);
  });
});

describe('the page', () => {
  const read = (query: string) => readFilter(new URLSearchParams(query));
  test('reads its own URL', () => {
    const filter = { ...NO_FILTER, agent: 'front-desk', text: 'half past & two', within: '24h' };
    const href = pageHref(filter);
    expect(read(href.slice(href.indexOf('?')))).toEqual(filter);
    expect(pageHref(NO_FILTER)).toBe('/calls');
  });
  test('and the API take any outcome: agents declare them, and calls keep those of earlier agents', () => {
    expect(apiQuery(read('outcome=gold'), 0).get('outcome')).toBe('gold');
    expect(parse('outcome=gold').outcome).toBe('gold');
  });
  test('ignores invalid values', () => {
    expect(inUse(read('ended_by=me&within=9y&from=soon&x=1'))).toEqual([]);
  });
  test('asks the API for times relative to now', () => {
    expect(apiQuery(read('within=1h'), 7_200_000).get('from')).toBe('3600000');
    const range = apiQuery(read('within=range&from=2026-11-20T10:00:00.000Z&text=a'), 0);
    expect([...range.keys()].sort()).toEqual(['from', 'text']);
    // Left over in the URL from an earlier choice, so it is ignored.
    expect(apiQuery(read('from=2026-11-20T10:00:00.000Z'), 0).has('from')).toBe(false);
    expect(parseCallQuery(range)).toMatchObject({ from: Date.UTC(2026, 10, 20, 10), text: 'a' });
  });
});
