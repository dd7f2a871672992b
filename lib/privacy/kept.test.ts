// The privacy page's text by settings: each has its sentence in both languages, and no
// sentence appears without its setting.
import { describe, expect, it } from 'vitest';
import { listOf } from '@/lib/agents/registry';
import { parseConfig } from '@/lib/core/config';
import { type Language, LOCALES } from '@/lib/core/language';
import { translator } from '@/lib/messages/messages';
import { type Kept, keptBy } from '@/lib/privacy/kept';
import { privacySections } from '@/lib/privacy/sections';
import { NO_LIVEKIT, testServer } from '@/lib/testing/server';

/** A server whose settings are not checked. */
const serverWith = (env: Readonly<Record<string, string>>) =>
  Object.assign(testServer(), { config: parseConfig({ ...NO_LIVEKIT, ...env }) });

/** What the page says. */
const textOf = (kept: Kept, language: Language): string =>
  privacySections(kept, translator(language, 'privacy'), LOCALES[language])
    .flatMap(({ title, body }) => [title, ...body])
    .join('\n');

/** What it says under these settings. */
const page = (env: Readonly<Record<string, string>>, language: Language): string =>
  textOf(keptBy(serverWith(env)), language);

/** Settings, and the sentence of each. */
const SAID: readonly [env: Record<string, string>, en: string, de: string][] = [
  [{}, 'A call is kept for 90 days', 'Ein Anruf bleibt 90 Tage lang'],
  [{ CALLS_KEEP_DAYS: '7' }, 'A call is kept for 7 days', 'Ein Anruf bleibt 7 Tage lang'],
  [{ CALLS_KEEP_DAYS: '1' }, 'A call is kept for one day', 'Ein Anruf bleibt einen Tag lang'],
  [{ CALLS_KEEP_DAYS: '0' }, 'until somebody deletes it, then', 'bis jemand ihn löscht, dann'],
  [{}, 'is not recorded', 'wird nicht aufgenommen'],
  [{}, 'shows that somebody is listening', 'zeigt, dass jemand mithört'],
  [{ LISTEN_IN: 'hidden' }, 'listen to calls in progress.\n', 'laufenden hineinhören.\n'],
  [{ RECORD_CALLS: 'on' }, 'is kept for 30 days, and never', 'bleibt 30 Tage lang, und nie'],
  [
    { RECORD_CALLS: 'egress', RECORDINGS_KEEP_DAYS: '3' },
    'recording is kept for 3 days',
    'Aufnahme bleibt 3 Tage lang',
  ],
  [{}, 'you say are in the transcript', 'stehen in der Mitschrift'],
  [{ MASK: 'phone' }, 'as telephone numbers is left out', 'als Telefonnummern erkannt'],
  [
    { MASK: 'email,phone,card' },
    'e-mail addresses, telephone numbers and card numbers',
    'E-Mail-Adressen, Telefonnummern und Kartennummern',
  ],
  [
    { MASK: 'card', RECORD_CALLS: 'on' },
    'A recording contains everything',
    'Eine Aufnahme enthält alles',
  ],
  [
    { LETTA_URL: 'http://127.0.0.1:8283' },
    'Some agents remember you',
    'Manche Agenten erinnern sich',
  ],
  [{ AUTH: 'required' }, 'If you sign in', 'Wenn Sie sich anmelden'],
  [{ PUBLIC_URL: 'https://calls.example.com' }, 'A cookie keeps you', 'Ein Cookie hält Sie'],
  [{}, 'processed on machines of the operator', 'auf Rechnern des Betreibers'],
  [
    { SPEECH_STT_URL: 'https://speech.example.com/v1' },
    'with the help of other servers',
    'mit Hilfe anderer Server',
  ],
  [{ OPENAI_API_KEY: 'k' }, 'with the help of other servers', 'mit Hilfe anderer Server'],
  [{}, 'the person who gave you this address', 'die Person, die Ihnen'],
  [
    { PRIVACY_CONTACT: 'p@example.com' },
    'contact: p@example.com',
    'wenden Sie sich an: p@example.com',
  ],
];

it.each(['speech.localhost', '127.1'])('%s is this machine', (host) => {
  expect(keptBy(testServer({ SPEECH_STT_URL: `http://${host}:7890/v1` })).othersHear).toBe(false);
});

it('does not promise that nobody else hears calls to an agent with models of its own', () => {
  const server = testServer();
  const mine = { name: 'mine', title: 'Mine', summary: '', public: false };
  server.registry.agents = listOf(server.config, [{ ...mine, deployments: [] }]);
  expect(keptBy(server).othersHear).toBe('unknown');
  for (const [language, said] of [
    ['en', 'may be on other servers'],
    ['de', 'können auf anderen Servern sein'],
  ] as const) {
    expect(textOf(keptBy(server), language)).toContain(said);
  }
  const own = testServer({ OPENAI_API_KEY: 'k' });
  own.registry.agents = server.registry.agents;
  expect(keptBy(own).othersHear).toBe(true);
});

it.each([
  [true, { RECORD_CALLS: 'on' }],
  [false, {}],
  [false, { RECORD_CALLS: 'egress' }],
  [false, { RECORD_CALLS: 'on', INSIGHTS: 'off' }],
])('agents of other programs may send recordings: %s with %o', (may, env) => {
  const server = serverWith(env);
  expect(keptBy(server).recordedElsewhere).toBe(false);
  const mine = { name: 'mine', title: 'Mine', summary: '', public: false };
  server.registry.agents = listOf(server.config, [{ ...mine, deployments: [] }]);
  expect(keptBy(server).recordedElsewhere).toBe(may);
  for (const [language, said] of [
    ['en', 'no lamp shows it'],
    ['de', 'keine Lampe zeigt es'],
  ] as const) {
    expect(textOf(keptBy(server), language).includes(said)).toBe(may);
  }
});

describe.each(['en', 'de'] as const)('in %s', (language) => {
  const sentences = SAID.map(([env, en, de]) => [env, language === 'en' ? en : de] as const);

  it.each(sentences)('%j says "%s"', (env, said) => {
    expect(page(env, language)).toContain(said);
  });

  it('has no sentence without its setting', () => {
    const plain = page({}, language);
    for (const [env, said] of sentences) {
      if (Object.keys(env).length > 0) expect(plain).not.toContain(said);
    }
    const all = Object.assign({}, ...sentences.map(([env]) => env));
    for (const [env, said] of sentences) {
      if (Object.keys(env).length === 0) expect(page(all, language)).not.toContain(said);
    }
  });
});
