// For `npm run db:generate`: writes the next migration from what changed in the schema.
import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: [
    './lib/calls/store/schema.ts',
    './lib/accounts/store/tables.ts',
    './lib/processes/shared-state.ts',
    './lib/rehearsals/store/tables.ts',
    './lib/rollout/store/tables.ts',
  ],
  out: './migrations',
  casing: 'snake_case',
});
