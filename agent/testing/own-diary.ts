// An empty data folder, and with it an empty diary of the practice, for each test of a file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, vi } from 'vitest';

/** Gives each test of this file its own folder, which is removed after it. */
export function ownDiary(): void {
  beforeEach(({ onTestFinished }) => {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-diary-'));
    vi.stubEnv('DATA_DIR', folder);
    onTestFinished(() => {
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true });
    });
  });
}
