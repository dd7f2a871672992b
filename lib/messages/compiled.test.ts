// Compiled messages read as the texts do from which they are compiled.
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import type { CompiledMessage } from 'icu-minify/format';
import { _createCache, _createIntlFormatters } from 'use-intl/core';
import formatText from 'use-intl/format-message';
import formatCompiled from 'use-intl/format-message/format-only';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, LOCALES } from '@/lib/core/language';
import { compiled } from '@/lib/messages/compiled';
import { messagesIn } from '@/lib/messages/messages';
import { messagesOf, NAMESPACES } from '@/lib/messages/testing/all-messages';

type Values = Parameters<typeof formatText>[2] & {};

const NUMBERS = [0, 1, 2, 3.25, 1_234.5];
const WORDS = ['Ada', '', 'b > a', '{c}', "d's"];

/** Values for the arguments of a message, number `run` of as many as there are of each kind. */
function valuesFor(message: string, run: number): Values {
  const values: Values = {};
  const [number = 0, word = ''] = [NUMBERS[run], WORDS[run]];
  const visit = (elements: readonly MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      const { value: name } = element;
      if (element.type === TYPE.tag) {
        values[name] = (inner) => `<${name}>${inner}</${name}>`;
        visit(element.children);
      } else if (element.type === TYPE.select || element.type === TYPE.plural) {
        const names = Object.keys(element.options);
        const isPlural = element.type === TYPE.plural;
        values[name] = isPlural ? number : (names[run % names.length] ?? '');
        for (const { value } of Object.values(element.options)) visit(value);
      } else if (element.type === TYPE.argument) values[name] ??= word;
      else values[name] = number;
    }
  };
  visit(parse(message));
  return values;
}

const at = (tree: unknown, key: string) =>
  key.split('.').reduce((one, part) => (one as Record<string, unknown>)[part], tree);

describe.each(LANGUAGES)('in "%s"', (language) => {
  const cache = _createCache();
  const options = {
    ...{ cache, formatters: _createIntlFormatters(cache) },
    ...{ locale: LOCALES[language], timeZone: 'Europe/London' },
  };
  const all = compiled(messagesIn(language, {}));

  it.each(NAMESPACES)('%s', (namespace) => {
    for (const [key, text] of messagesOf(language, namespace)) {
      for (const run of NUMBERS.keys()) {
        const values = valuesFor(text, run);
        const message = at(all, key) as CompiledMessage;
        const words = [formatText(key, text, values, options)].flat().join('');
        const same = [formatCompiled(key, message, values, options)].flat().join('');
        expect(same, key).toBe(words);
      }
    }
  });
});

it('compiles what is read, once, into objects that React passes on', () => {
  const texts = { one: { a: '{n, plural, one {# call} other {# calls}}', b: { c: 'Call' } } };
  const all = compiled(texts);
  expect(all.one).toBe(all.one);
  expect(all.one.b).toEqual({ c: 'Call' });
  const branches = (all.one.a as unknown as [[string, number, object]])[0][2];
  expect(Object.getPrototypeOf(branches)).toBe(Object.prototype);
  expect(() => compiled({ wrong: { a: '{' } }).wrong).toThrow();
});
