import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { firefox, webkit } from '@playwright/test';
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

it("runs calls in Playwright's Firefox and WebKit, or says how to install them", () => {
  const dir = mkdtempSync(join(tmpdir(), 'callboard-browsers-'));
  const list = (project: string) => {
    const env = { ...process.env, PLAYWRIGHT_BROWSERS_PATH: dir };
    const args = ['test', '--list', '--project', project];
    const { output } = spawnSync('node_modules/.bin/playwright', args, { env, encoding: 'utf8' });
    return output.join('');
  };
  try {
    for (const [name, title, type] of [
      ['firefox', 'Firefox', firefox],
      ['webkit', 'WebKit', webkit],
    ] as const) {
      expect(list(name)).toContain(
        `Playwright's ${title} is not installed. Install it with: npx playwright install --with-deps ${name}\n`,
      );
      const [file = ''] = new RegExp(`${name}-.+`).exec(type.executablePath()) ?? [];
      mkdirSync(join(dir, dirname(file)), { recursive: true });
      writeFileSync(join(dir, file), '');
      expect(list(name)).toContain(`[${name}] › calls/other-browsers.spec.ts:`);
    }
  } finally {
    rmSync(dir, { recursive: true });
  }
});
