import { describe, expect, it } from 'vitest';
import { parseRules } from './parse-rules';

const written = `{
  "$schema": "./rules.schema.json",
  "rules": [
    {
      "name": "Support line",
      "when": "participant_joined",
      "if": { "room": "support-*" },
      "then": {
        "agent": "front-desk",
        "share": { "deployment": "staging", "percent": 10 }
      }
    }
  ]
}`;

function faultsOf(text: string) {
  const parsed = parseRules(text);
  return 'faults' in parsed ? parsed.faults : [];
}

describe('parseRules', () => {
  it('applies defaults', () => {
    expect(parseRules(`\uFEFF${written}`)).toEqual({
      $schema: './rules.schema.json',
      rules: [
        {
          name: 'Support line',
          enabled: true,
          when: 'participant_joined',
          if: { room: 'support-*' },
          // biome-ignore lint/suspicious/noThenProperty: the word of the file.
          then: {
            agent: 'front-desk',
            deployment: 'production',
            metadata: '',
            share: { deployment: 'staging', percent: 10 },
          },
        },
      ],
    });
    expect(parseRules(' \n')).toEqual({ rules: [] });
  });

  it.each<[string, string, string, number, number]>([
    ['"room": "support-*"', '"room": "support-*",', 'comma too many', 7, 36],
    ['"enabled"', '', '', 0, 0],
    ['"when": "participant_joined",', '"when": "participant_joined"', 'comma is missing', 7, 7],
    ['"name": "Support', '// the line\n"name": "Support', 'no comments', 5, 7],
    ['"Support line"', "'Support line'", '"double quotes"', 5, 15],
    ['"Support line"', '"Support line', 'no closing quote', 5, 15],
    ['"name":', '"name"', 'colon', 5, 14],
    ['"name"', 'name', 'name or a value is missing', 5, 7],
    ['"percent": 10', '"percent": ten', 'value is missing', 10, 56],
    ['}\n  ]\n}', '}\n  ]\n}}', 'nothing may follow', 14, 2],
  ])('says where JSON stops: %j → %j', (right, wrong, detail, line, column) => {
    const faults = faultsOf(written.replace(right, wrong));
    if (!detail) return expect(faults).toEqual([]);
    expect(faults).toEqual([{ detail: expect.stringContaining(detail), line, column }]);
  });

  it.each<[string, string, string, string, number]>([
    ['"room"', '"rooms"', '#/rules/0/if/rooms', 'not a field', 7],
    ['"front-desk"', '"front"', '#/rules/0/then/agent', 'one of front-desk, line-check', 9],
    ['"staging"', '"canary"', '#/rules/0/then/share/deployment', 'production, staging', 10],
    ['"staging"', '"production"', '#/rules/0/then/share/deployment', 'another deployment', 10],
    ['10', '101', '#/rules/0/then/share/percent', '100 or less', 10],
    ['10', '"10"', '#/rules/0/then/share/percent', 'number from 0 to 100', 10],
    ['participant_joined', 'room_created', '#/rules/0/when', 'room_started', 6],
    ['"room": "support-*"', '"kind": ["phone"]', '#/rules/0/if/kind/0', 'sip', 7],
    ['"when": "participant_joined",', '', '#/rules/0/when', 'room_started', 4],
    ['"Support line"', '" "', '#/rules/0/name', 'empty', 5],
  ])('says which value is wrong: %j → %j', (right, wrong, pointer, detail, line) => {
    expect(faultsOf(written.replace(right, wrong))).toMatchObject([
      { pointer, detail: expect.stringContaining(detail), line },
    ]);
  });

  it('rejects conditions that a started room cannot have, and duplicate names', () => {
    const rules = JSON.parse(written.replace('participant_joined', 'room_started')).rules;
    rules[0].if = { kind: ['sip'], attributes: { plan: '*' } };
    const faults = faultsOf(JSON.stringify({ rules: [rules[0], { ...rules[0], if: {} }] }));
    expect(faults.map(({ pointer }) => pointer)).toEqual([
      '#/rules/0/if/attributes',
      '#/rules/0/if/kind',
      '#/rules/0/name',
      '#/rules/1/name',
    ]);
  });

  it('handles very deep nesting', () => {
    expect(faultsOf('['.repeat(200_000))).toMatchObject([
      { detail: expect.stringContaining('deep') },
    ]);
  });
});
