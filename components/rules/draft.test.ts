import { describe, expect, it } from 'vitest';
import {
  type Draft,
  draftOf,
  fieldOf,
  rowErrors,
  ruleOf,
  withAgent,
} from '@/components/rules/draft';
import { translator } from '@/lib/messages/messages';
import type { Rule } from '@/lib/rules/rule';
import { testRule } from '@/lib/rules/testing/rules';
import { testAgents } from '@/lib/testing/agents';

const agents = testAgents();
const t = translator('en', 'rules');

const full: Rule = testRule({
  name: 'full',
  enabled: false,
  if: { room: 'r-*', metadata: 'm', attributes: { plan: 'gold*', 'a/b': '*' }, kind: ['sip'] },
  send: {
    metadata: 't',
    deployment: 'staging',
    share: { deployment: 'production', percent: 37.5 },
  },
});

describe('a draft', () => {
  it.each([full, testRule(), testRule({ when: 'room_started', if: { metadata: 'm' } })])(
    'of a rule comes to the same rule',
    (rule) => expect(ruleOf(agents, draftOf(agents, rule))).toEqual(rule),
  );

  it('of a new rule has no conditions and sends the first agent', () => {
    expect(ruleOf(agents, { ...draftOf(agents), name: ' mine ' })).toEqual(
      testRule({ name: 'mine' }),
    );
  });

  it('for a room that starts ignores conditions on participants', () => {
    expect(ruleOf(agents, { ...draftOf(agents, full), when: 'room_started' }).if).toEqual({
      room: 'r-*',
      metadata: 'm',
    });
  });

  it.each([
    ['', undefined],
    ['0', undefined],
    ['12.5', { deployment: 'staging', percent: 12.5 }],
    ['150', { deployment: 'staging', percent: 150 }],
  ])('with %j percent has the share %j', (percent, share) => {
    expect(ruleOf(agents, { ...draftOf(agents), percent }).then.share).toEqual(share);
  });

  it('never shares with its own deployment', () => {
    const draft: Draft = {
      ...draftOf(agents),
      percent: '5',
      shareTo: 'staging',
      deployment: 'staging',
    };
    expect(ruleOf(agents, draft).then.share?.deployment).toBe('production');
    expect(withAgent(agents, draft, 'line-check').deployment).toBe('staging');
  });

  it('reports the invalid attribute row', () => {
    const rows = [
      ['plan', 'gold'],
      ['plan ', '*'],
      ['', 'x'],
      ['tier', ''],
    ] as const;
    const attributes = rows.map(([name, value], id) => ({ id, name, value }));
    const places = rowErrors({ ...draftOf(agents), attributes }, t).map(({ pointer }) => pointer);
    expect(places).toEqual(['attributes/1/name', 'attributes/2/name', 'attributes/3/value']);
    expect(rowErrors({ ...draftOf(agents), attributes, when: 'room_started' }, t)).toEqual([]);
  });

  it.each([
    ['#/rules/2/then/share/percent', 'then/share/percent'],
    ['#/rules/2/if/attributes/a~1b', 'attributes/1/value'],
    ['#/rules/2/if/attributes', 'if/attributes'],
    ['#/rules/1/name', undefined],
    ['#/rules/20/name', undefined],
  ])('finds the field of %s', (pointer, field) => {
    expect(fieldOf({ pointer, detail: '' }, 2, draftOf(agents, full))).toBe(field);
  });
});
