// The routes of rules in the API's description.
import { z } from 'zod';
import { answer, body, type Operations } from '@/lib/http/operation';
import { rulesDocument } from '@/lib/rules/rule';

const RULE = {
  ...{ name: 'Night', enabled: true, when: 'room_started', if: { room: 'night-*' } },
  // biome-ignore lint/suspicious/noThenProperty: a field of rules
  then: { agent: 'front-desk', deployment: 'production', metadata: '' },
} as const;
const rules = rulesDocument.meta({ id: 'Rules' });
const RULES = {
  ...{ $schema: 'http://localhost:3000/api/rules/schema', etag: '"3c1f…"', rules: [RULE] },
};

export const ruleOperations: Operations = {
  'GET /api/rules': {
    summary: 'Show all rules',
    answers: [answer(rules, RULES, 'The rules. `ETag` has their version.')],
    problems: ['database-unavailable'],
  },
  'PUT /api/rules': {
    summary: 'Replace all rules',
    description: 'The body may be what `GET` returned, edited.',
    body: body(rules, { rules: [RULE] }),
    headers: { 'If-Match': 'The version that you have: the ETag of the last response.' },
    answers: [answer(rules, RULES)],
    problems: ['no-version', 'changed-elsewhere', 'database-unavailable'],
  },
  'GET /api/rules/schema': {
    summary: 'The JSON schema of rules',
    answers: [
      answer(
        z.looseObject({ $schema: z.string() }),
        { $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Callboard rules' },
        'A JSON schema, for editors.',
      ),
    ],
  },
};
