// Puts into words who is in a call, and what happened between the lines of its transcript.
import type { Divider } from '@/lib/call/dividers';
import type { Who } from '@/lib/call/present';
import type { Voice } from '@/lib/call/transcript';
import type { Translate } from '@/lib/messages/messages';

type Words = Translate<'call'>;

/** The display name, or without one what they are. */
export const nameText = (t: Words, { name, kind }: Pick<Who, 'name' | 'kind'>): string =>
  name || t(`people.${kind}`);

/** The name of a speaker. Colleagues always have one. */
export const speakerText = (t: Words, { side, name }: Pick<Voice, 'side' | 'name'>): string =>
  side === 'you'
    ? t('transcript.you')
    : nameText(t, { name, kind: side === 'agent' ? 'agent' : 'caller' });

/** Who joined, left, was lost or handed off. */
export function dividerText(t: Words, divider: Divider): string {
  switch (divider.what) {
    case 'moved':
    case 'again':
      return t(`transcript.divider.${divider.what}`);
    case 'handoff':
      return t('transcript.divider.handoff', {
        from: nameText(t, { name: divider.from, kind: 'agent' }),
        to: nameText(t, { name: divider.to, kind: 'agent' }),
      });
    default: {
      const { what, name, kind = 'agent' } = divider;
      return t(`transcript.divider.${what}`, { name: nameText(t, { name, kind }) });
    }
  }
}

/** The names of several. */
export const namesText = (t: Words, all: readonly Who[]): string =>
  all.map((one) => nameText(t, one)).join(', ');
