// How a deployment or version differs from another one, in words.
import type { Difference } from '@/lib/calls/view/agent-stats';
import { duration } from '@/lib/core/figures';
import type { Translate } from '@/lib/messages/messages';

export const describeDifference = (
  what: Difference,
  t: Translate<'agents'>,
  locale: string,
): string =>
  'points' in what
    ? t(`differences.${what.of}`, { points: what.points, more: String(what.more) })
    : t(`differences.${what.of}`, {
        time: duration(what.ms, locale),
        slower: String(what.slower),
      });
