import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseConfig, settings } from './config';
import { configurationPage } from './config-page';

it('keeps docs/configuration.md up to date: npm run docs writes it', async () => {
  await expect(configurationPage()).toMatchFileSnapshot('../../docs/configuration.md');
});

it('shows valid examples', () => {
  const examples = Object.values(settings)
    .flatMap((group) => Object.entries(group))
    .map(([name, schema]) => [name, schema.meta()?.example]);
  const server = { LIVEKIT_API_KEY: 'key', LIVEKIT_API_SECRET: 's'.repeat(32) };
  expect(() => parseConfig({ ...Object.fromEntries(examples), ...server })).not.toThrow();
});

it('has every setting of .env.example', () => {
  const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
  const names = [...example.matchAll(/^# ([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);
  expect(names).toContain('LIVEKIT_URL');
  expect(Object.values(settings).flatMap(Object.keys)).toEqual(expect.arrayContaining(names));
});
