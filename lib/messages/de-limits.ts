// Was Anrufer lesen, wenn ein Anruf nicht beginnen kann, weil es zu viele sind.
import type { Shape } from '@/lib/core/language';
import type * as english from './en-limits';

export const limitWords: Shape<typeof english.limitWords> = {
  'too-many-calls': (minutes) =>
    `Im Moment sind es zu viele Anrufe. Versuchen Sie es in ${minutes === 1 ? 'einer Minute' : `${minutes} Minuten`} wieder.`,
  'in-another-call': () =>
    'Sie sind schon in einem Anruf, in einem anderen Fenster oder auf einem anderen Gerät. Legen Sie dort zuerst auf; ein abgebrochener Anruf endet von selbst binnen einer halben Minute.',
  'day-used-up': () =>
    'Heute kann kein Anruf mehr angenommen werden. Versuchen Sie es morgen wieder.',
};
