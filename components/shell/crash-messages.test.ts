// The texts of the layout's error page are those of the messages.
import { expect, it } from 'vitest';
import { CRASH } from '@/components/shell/crash-messages';
import { LANGUAGES } from '@/lib/core/language';
import { messagesIn } from '@/lib/messages/messages';

it.each(LANGUAGES)('are the messages in "%s"', (language) =>
  expect(CRASH[language]).toEqual(messagesIn(language, {}).shell.crash),
);
