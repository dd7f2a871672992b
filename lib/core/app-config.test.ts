// What app-config.ts changes, and whether the one in the repository is valid. In its own process: it mocks the file.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { accentStyles, primaryVariables, shownAgents } from '@/lib/core/app-config';
import { messagesIn } from '@/lib/messages/messages';

vi.mock('@/app-config', () => ({
  appConfig: {
    productName: 'Example Voice',
    pageTitle: 'Call Example',
    texts: {
      en: { title: 'How can we help?', description: 'Ask us anything.' },
      de: { title: 'Wie helfen?', button: 'Los' },
    },
    features: { captions: true, keypad: true, chat: false, invitations: true },
  },
}));

const all = [{ name: 'front-desk' }, { name: 'mine' }, { name: 'billing' }];
const names = (agents: readonly string[] | undefined) =>
  shownAgents(all, agents ? { agents } : {}).map(({ name }) => name);

describe('agents', () => {
  it('are all of the list by default', () => {
    expect(names(undefined)).toEqual(['front-desk', 'mine', 'billing']);
  });

  it('are those that are configured, in that order, and in the list', () => {
    expect(names(['billing', 'added-later', 'mine'])).toEqual(['billing', 'mine']);
    expect(names(['added-later'])).toEqual([]);
  });
});

describe('accent colors', () => {
  it('apply to each theme', () => {
    expect(accentStyles({})).toBeUndefined();
    const both = accentStyles({ accent: '#102030', accentDark: '#a0b0c0' });
    expect(both).toMatch(/^:root\{--primary:#102030;[^}]+\}\.dark\{--primary:#a0b0c0;[^}]+\}$/);
    expect(accentStyles({ accent: '#102030' })).toMatch(/\.dark\{--primary:#102030;/);
    expect(accentStyles({ accentDark: '#a0b0c0' })).toMatch(/^\.dark\{/);
  });

  it('set variables that the style sheet uses', () => {
    const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8');
    for (const name of Object.keys(primaryVariables('#102030'))) {
      expect(css).toContain(`var(${name})`);
    }
  });
});

describe('messages', () => {
  it('have the configured texts, and the default ones otherwise', () => {
    const [en, de] = [messagesIn('en'), messagesIn('de')];
    expect([en.start.title, en.start.button]).toEqual(['How can we help?', 'Start call']);
    expect([de.start.title, de.start.button]).toEqual(['Wie helfen?', 'Los']);
    expect(en.shell.description).toBe('Ask us anything.');
  });

  it('do not offer typing about a microphone: that depends on the text box', () => {
    for (const { mics } of [messagesIn('en'), messagesIn('de')]) {
      const { type: _, ...problems } = mics;
      expect(Object.values(problems).map(({ body }) => body)).not.toContainEqual(
        expect.stringMatching(/type|schreiben/),
      );
    }
  });
});

it('the app-config.ts of the repository is valid', async () => {
  const { appConfig } = await vi.importActual<typeof import('@/app-config')>('@/app-config');
  for (const color of [appConfig.accent, appConfig.accentDark]) {
    expect(color ?? '#000000').toMatch(/^#[\da-f]{6}$/i);
  }
  for (const logo of [appConfig.logo, appConfig.logoDark]) {
    if (logo) expect(existsSync(new URL(`../../public${logo}`, import.meta.url)), logo).toBe(true);
  }
});
