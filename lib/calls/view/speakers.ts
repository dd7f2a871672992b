// The names of who is in a call, for its page. Identities that Callboard and LiveKit generate are never shown. Pure.
import { callerName, nameFrom, type Timeline } from '@/lib/calls/call';
import type { NameOf } from '@/lib/calls/view/call-words';
import type { Turn } from '@/lib/calls/view/picture';
import type { Translate } from '@/lib/messages/messages';

/** The names in a call. */
export interface Names {
  /** The name of an identity. */
  readonly called: (identity: string) => string;
  /** The name of who says something. */
  readonly speaker: (turn: Pick<Turn, 'speaker' | 'by'>) => string;
}

/** @param nameOf returns the display name of an agent */
export function namesIn(
  { call, marks }: Pick<Timeline, 'call' | 'marks'>,
  t: Translate<'callDetails'>,
  nameOf: NameOf,
): Names {
  const caller = () => callerName(call) ?? t('people.caller');
  const names = new Map<string, string>();
  for (const mark of marks) {
    if (mark.kind !== 'event') continue;
    const { what } = mark;
    if (what.kind === 'agent_joined') names.set(what.identity, nameOf(what.agent));
    if (what.kind === 'person_joined') {
      const isCaller = what.role === 'caller' || what.role === 'phone';
      const unnamed = isCaller ? caller() : t(`people.${what.role}`);
      names.set(what.identity, nameFrom(what.name) ?? nameFrom(what.identity) ?? unnamed);
    }
  }
  const called = (identity: string) =>
    names.get(identity) ??
    nameFrom(identity) ??
    (identity.startsWith('agent-') ? t('people.agent') : caller());
  return {
    called,
    speaker: ({ speaker, by }) => {
      const known = names.get(by) ?? nameFrom(by);
      if (known !== undefined) return nameOf(known);
      return speaker === 'caller' ? caller() : t(`people.${speaker}`);
    },
  };
}
