import { describe, expect, it } from 'vitest';
import { listedAgents } from '@/lib/agents/registry';
import { newRulesDocument } from '@/lib/rules/rule';
import { testRule } from '@/lib/rules/testing/rules';
import { codeIn } from '@/lib/testing/docs';
import { testServer } from '@/lib/testing/server';

const rulesDocument = newRulesDocument(listedAgents(testServer()));

const written = JSON.stringify({
  rules: [testRule({ send: { share: { deployment: 'staging', percent: 10 } } })],
});

function wrongIn(text: string) {
  const issues = rulesDocument.safeParse(JSON.parse(text)).error?.issues ?? [];
  return issues.map(({ path, message }) => [path.join('/'), message]);
}

describe('rulesDocument', () => {
  it('applies defaults', () => {
    const then = { agent: 'front-desk' };
    const rules = [{ name: ' mine ', when: 'room_started', then }];
    expect(rulesDocument.parse({ rules })).toEqual({
      rules: [
        {
          ...{ name: 'mine', enabled: true, when: 'room_started', if: {} },
          // biome-ignore lint/suspicious/noThenProperty: a field of rules
          then: { agent: 'front-desk', deployment: 'production', metadata: '' },
        },
      ],
    });
  });

  it.each([
    ['"front-desk"', '"front"', 'then/agent', 'one of front-desk, line-check'],
    ['"deployment":"staging"', '"deployment":"canary"', 'then/share/deployment', 'production, st'],
    ['"staging"', '"production"', 'then/share/deployment', 'another deployment'],
    ['10', '101', 'then/share/percent', '100 or less'],
    ['10', '"10"', 'then/share/percent', 'number from 0 to 100'],
    ['participant_joined', 'room_created', 'when', 'room_started'],
    ['"if":{}', '"if":{"kind":["phone"]}', 'if/kind/0', 'sip'],
    ['"a rule"', '" "', 'name', 'empty'],
  ])('says which value is wrong: %j → %j', (right, wrong, path, message) => {
    expect(wrongIn(written.replace(right, wrong))).toEqual([
      [`rules/0/${path}`, expect.stringContaining(message)],
    ]);
  });

  it('rejects conditions that a started room cannot have, and duplicate names', () => {
    const rule = { ...testRule(), when: 'room_started' };
    const asking = { ...rule, if: { kind: ['sip'], attributes: { plan: '*' } } };
    expect(wrongIn(JSON.stringify({ rules: [asking, rule] })).map(([path]) => path)).toEqual([
      'rules/0/if/attributes',
      'rules/0/if/kind',
      'rules/0/name',
      'rules/1/name',
    ]);
  });
});

it('the rules of docs/dispatch.md are valid', () => {
  const [, , rules = ''] = codeIn('dispatch.md', 'json');
  expect(rulesDocument.parse(JSON.parse(rules)).rules).toHaveLength(2);
});
