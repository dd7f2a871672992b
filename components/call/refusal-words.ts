// A refusal in the language of the page: where calls are too many in the page's own words, else in the
// server's sentence.
import { pageMessages } from '@/components/language/page-messages';
import { kindOf, minutesOf } from '@/lib/call/refusal-kind';
import { mainMessages } from '@/lib/messages/main';
import type { Refused } from './ask';

/** What the caller is told. */
export function refusalWords({ refusal, message }: Refused): string {
  const { limitWords } = pageMessages(mainMessages);
  const kind = refusal && kindOf(refusal);
  if (!kind || !Object.hasOwn(limitWords, kind)) return message;
  return limitWords[kind as keyof typeof limitWords](minutesOf(refusal));
}
