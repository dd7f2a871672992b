import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { installedBrowser } from '@/scripts/browser';

it('finds a browser on PATH, but prefers CHROME_BIN', () => {
  const dir = mkdtempSync(join(tmpdir(), 'callboard-browser-'));
  try {
    const file = join(dir, 'chromium');
    writeFileSync(file, '#!/bin/sh\n', { mode: 0o755 });
    expect(installedBrowser({ PATH: dir })).toBe(file);
    expect(installedBrowser({ PATH: dir, CHROME_BIN: '/my/chrome' })).toBe('/my/chrome');
  } finally {
    rmSync(dir, { recursive: true });
  }
});
