import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import config from '@/drizzle.config';

it('the schema has no change that is in no migration', () => {
  // Relative, below the clone: drizzle-kit puts `./` before it.
  const out = `.callboard/test/migrations-${process.pid}`;
  mkdirSync('.callboard/test', { recursive: true });
  cpSync('lib/db/migrations', out, { recursive: true });
  try {
    const said = execFileSync(
      process.execPath,
      [
        'node_modules/drizzle-kit/bin.cjs',
        'generate',
        '--dialect=postgresql',
        `--schema={${config.schema}}`,
        '--casing=snake_case',
        `--out=${out}`,
      ],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    );
    // It ends with 0 whatever became of it.
    expect(said).toContain('No schema changes');
  } finally {
    rmSync(out, { recursive: true });
  }
});
