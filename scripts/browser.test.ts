import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { firefox, webkit } from '@playwright/test';
import { expect, it, vi } from 'vitest';
import { installedBrowser, needPlaywrights } from '@/scripts/browser';

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

const missing = (title: string, name: string) =>
  `Playwright's ${title} is not installed. Install it with: npx playwright install --with-deps ${name}`;

it.each([
  ['firefox', 'Firefox', firefox],
  ['webkit', 'WebKit', webkit],
] as const)('needs %s of Playwright, or says how to install it', async (name, title, type) => {
  const path = vi.spyOn(type, 'executablePath').mockReturnValue('/nowhere');
  await expect(needPlaywrights(name)).rejects.toThrow(missing(title, name));
  path.mockReturnValue(process.execPath);
  await needPlaywrights(name);
  path.mockRestore();
});

it('runs calls in Playwright’s browsers in the projects of their names', () => {
  const dir = mkdtempSync(join(tmpdir(), 'callboard-browsers-'));
  const list = (project: string) => {
    const env = { ...process.env, PLAYWRIGHT_BROWSERS_PATH: dir };
    const args = ['test', '--list', '--project', project];
    const { output } = spawnSync('node_modules/.bin/playwright', args, { env, encoding: 'utf8' });
    return output.join('');
  };
  try {
    expect(list('firefox')).toContain(missing('Firefox', 'firefox'));
    const [file = ''] = /webkit-.+/.exec(webkit.executablePath()) ?? [];
    mkdirSync(join(dir, dirname(file)), { recursive: true });
    writeFileSync(join(dir, file), '');
    expect(list('webkit')).toContain('[webkit] › calls/other-browsers.spec.ts:');
  } finally {
    rmSync(dir, { recursive: true });
  }
});
