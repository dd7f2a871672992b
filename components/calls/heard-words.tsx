// The words of a line: the one that is heard is marked, those before it are read already.
import { Fragment } from 'react';
import { cn } from '@/components/ui/cn';
import { wordsOf } from '@/lib/calls/view/recordings';

interface HeardWordsProps {
  readonly text: string;
  /** Undefined while the line is not heard. */
  readonly word: number | undefined;
}

export function HeardWords({ text, word }: HeardWordsProps) {
  if (word === undefined) return text;
  // No room of its own around a word, so that nothing moves.
  return wordsOf(text).map((one, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: words of a text stay where they are
    <Fragment key={at}>
      <span
        data-heard={at === word || undefined}
        className={cn(
          at === word && 'rounded-[3px] bg-go-ground text-go underline underline-offset-3',
          at > word && 'text-soft',
        )}
      >
        {one.trimEnd()}
      </span>
      {one.slice(one.trimEnd().length)}
    </Fragment>
  ));
}
