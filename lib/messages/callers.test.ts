// What callers read and hear names no setting: they cannot change any.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError, settings } from '@/lib/core/config';
import { LANGUAGES } from '@/lib/core/language';
import { toProblem } from '@/lib/core/problem';
import { messagesOf, NAMESPACES } from '@/lib/messages/testing/all-messages';

/** Names of all our settings, of any that looks like one, and the file they are in. */
const OURS = Object.values(settings).flatMap((group) => Object.keys(group));
const SETTING = new RegExp(`\\b(?:${OURS.join('|')}|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\\b|\\.env\\b`);

/** Messages of pages that only developers and admins see. */
const TEAM: readonly string[] = [
  ...['agents', 'checks', 'doctor', 'evidence', 'models', 'production', 'rollouts', 'rules'],
  ...['simulations', 'telephony', 'why'],
];
/** Parts of the others. */
const TEAM_PARTS = /^accounts\.(account|keys|people|log)\.|^callDetails\.transcript\.notUploaded$/;

describe.each(NAMESPACES.filter((name) => !TEAM.includes(name)))('messages of %s', (name) => {
  it.each(LANGUAGES)('in "%s"', (language) => {
    const named = messagesOf(language, name).filter(
      ([key, message]) => !TEAM_PARTS.test(key) && SETTING.test(message),
    );
    expect(named).toEqual([]);
  });
});

it('the answer to a caller while the settings are invalid', () => {
  const { detail } = toProblem(new ConfigError(OURS.map((name) => `${name} is not set`)));
  expect(detail).not.toMatch(SETTING);
});

/** Code with sentences for callers: agents speak them, routes answer with them, and pages show them. */
const FOLDERS = [
  ...['agent/agents', 'agent/call', 'agent/practice', 'agent/scripted', 'agent/turns'],
  ...['app/embed', 'app/join', 'app/privacy', 'app/sign-in', 'components/call', 'components/embed'],
  ...['components/join', 'lib/dispatch', 'lib/letta', 'lib/auth'],
];
/** Comments, and texts in quotes; none has a line break, so that an odd quote spoils one line alone. */
const TOKEN =
  /\/\*[\s\S]*?\*\/|\/\/.*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\\n])*`/g;
/** A text with a space is a sentence, and not the name of a setting that is read. */
const isSentence = (token: string) => /^['"`].* /.test(token);
/** Sentences of the log. */
const LOGGED = ['lib/auth/first-account.ts'];
it.each(FOLDERS)('sentences in %s', (folder) => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name}`)
    .filter((path) => /\.tsx?$/.test(path) && !/test|\/testing\//.test(path))
    .filter((path) => !LOGGED.includes(path));
  const named = files.flatMap((path) =>
    (readFileSync(path, 'utf8').match(TOKEN) ?? [])
      .map((token) => token.replace(/\$\{[^}]*\}/g, ''))
      .filter((token) => isSentence(token) && SETTING.test(token))
      .map((sentence) => `${path}: ${sentence}`),
  );
  expect(named).toEqual([]);
});
