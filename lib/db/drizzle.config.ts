// For `npm run db:generate`: writes the next migration from what changed in the schema.
import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: ['./lib/calls/store/schema.ts', './lib/cluster/shared-state.ts', './lib/**/tables.ts'],
  out: './lib/db/migrations',
  casing: 'snake_case',
});
