// What components make words about calls with, in the language of the page.
import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { useDisplayName } from '@/components/agents/agent-list';
import type { EventWording } from '@/components/calls/event-words';
import { useCatalogue } from '@/components/language/catalogue';
import type { Timeline } from '@/lib/calls/call';
import type { Wording } from '@/lib/calls/view/call-words';
import { namesIn } from '@/lib/calls/view/speakers';

/** For who is in a call, and what came of it. */
export function useWording(): Wording {
  const t = useTranslations('calls');
  const locale = useLocale();
  const nameOf = useDisplayName();
  const { outcomeLabel } = useCatalogue();
  return { t, locale, nameOf, outcomeLabel };
}

/** For what happened in a call. */
export function useEventWording({ call, marks }: Pick<Timeline, 'call' | 'marks'>): EventWording {
  const t = useTranslations('callDetails');
  const reasons = useTranslations('endReasons');
  const locale = useLocale();
  const nameOf = useDisplayName();
  const names = useMemo(() => namesIn({ call, marks }, t, nameOf), [call, marks, t, nameOf]);
  return { ...useCatalogue(), ...names, t, reasons, locale, nameOf };
}
