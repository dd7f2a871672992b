// A rule as a sentence, in parts: whoever shows it highlights the values of the rule.
import type { Messages, Translate } from '@/lib/messages/messages';
import type { Rule } from '@/lib/rules/rule';

/** The message of a part of the sentence, and the values of the rule in it. */
type Part = Exclude<keyof Messages['rules']['sentence'], 'kind'>;
type Values = Readonly<Record<string, string | number>>;

/**
 * Puts a rule into words.
 * @param say returns a part with its values highlighted
 */
export function ruleSentence<T>(
  { when, if: { room, metadata, attributes = {}, kind }, then: { agent, deployment, share } }: Rule,
  t: Translate<'rules'>,
  say: (part: Part, values?: Values) => T,
): readonly T[] {
  const sent = [
    say('send', { agent, deployment }),
    ...(share ? [say('share', { percent: share.percent, deployment: share.deployment })] : []),
  ];
  if (when === 'room_started') {
    if (room !== undefined && metadata !== undefined) {
      return [say('startedBoth', { room, metadata }), ...sent];
    }
    if (room !== undefined) return [say('startedRoom', { room }), ...sent];
    return [
      metadata === undefined ? say('started') : say('startedMetadata', { metadata }),
      ...sent,
    ];
  }
  const asked = [
    ...(metadata === undefined ? [] : [say('metadata', { metadata })]),
    ...Object.entries(attributes).map(([name, value]) => say('attribute', { name, value })),
  ];
  const kinds = kind
    ?.map((one) => t(`sentence.kind.${one}`))
    .reduce((one, other) => t('sentence.or', { one, other }));
  return [
    kinds === undefined ? say('joined') : say('joinedAs', { kinds }),
    ...(room === undefined ? [] : [say('inRoom', { room })]),
    ...asked.flatMap((one, at) => [say(at === 0 ? 'with' : 'and'), one]),
    ...sent,
  ];
}
