// A failed expectation of a simulation in words, on the page and in the terminal.
import type { Miss, SimulationRun } from '@/lib/calls/test-calls/result';
import { duration } from '@/lib/core/figures';
import type { Translate } from '@/lib/messages/messages';

/**
 * Puts a failed expectation into words.
 * @param labelOf the label of an outcome with this name
 */
export function missed(
  miss: Miss,
  t: Translate<'simulations'>,
  labelOf: (outcome: string) => string,
  locale: string,
): string {
  switch (miss.kind) {
    case 'not heard': {
      const { wanted, near } = miss;
      return near ? t('missed.notHeardNear', { wanted, near }) : t('missed.notHeard', { wanted });
    }
    case 'heard':
      return t('missed.heard', { unwanted: miss.unwanted });
    case 'no answer':
      return t('missed.noAnswer', { limit: duration(miss.withinMs, locale) });
    case 'late':
      return t('missed.late', {
        time: duration(miss.ms, locale),
        limit: duration(miss.limitMs, locale),
      });
    case 'no tool': {
      const { tool, args, called } = miss;
      return called
        ? t('missed.otherTool', { tool, args, called })
        : t('missed.noTool', { tool, args });
    }
    case 'other outcome':
      return t('missed.otherOutcome', { was: labelOf(miss.was), wanted: labelOf(miss.wanted) });
    case 'not handed off': {
      const { was, wanted } = miss;
      return was
        ? t('missed.notHandedOff', { was, wanted })
        : t('missed.handedOffToNobody', { wanted });
    }
    case 'not met':
      return t('missed.notMet', { criterion: miss.criterion, why: miss.why });
    case 'failed':
      return miss.why;
  }
}

/** All failures of a run. */
export const missesOf = ({ lines, misses }: Pick<SimulationRun, 'lines' | 'misses'>): Miss[] => [
  ...lines.flatMap((line) => line.misses),
  ...misses,
];
