// `rules.schema.json` is for editors. After a change of the rules:
// npx vitest run lib/rules/rules-schema.test.ts --update
import { expect, it } from 'vitest';
import { z } from 'zod';
import { rulesFile } from './rule';

it('keeps rules.schema.json up to date', async () => {
  const schema = z.toJSONSchema(rulesFile, { io: 'input' });
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
    '../../rules.schema.json',
  );
});
