import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import config from '@/lib/db/drizzle.config';

it('every change of the schema is in a migration', () => {
  // Relative to the working directory, because drizzle-kit prepends `./`.
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
    // Its exit code is always 0.
    expect(said).toContain('No schema changes');
  } finally {
    rmSync(out, { recursive: true });
  }
});
