// What the privacy page says: sections of paragraphs, each for a fact of `Kept`.
import type { Translate } from '@/lib/messages/messages';
import type { Kept } from '@/lib/privacy/kept';

interface Section {
  readonly title: string;
  readonly body: readonly string[];
}

/** Leaves out the paragraphs that do not apply. */
const section = (title: string, ...body: readonly (string | false)[]): Section => ({
  title,
  body: body.filter((paragraph) => paragraph !== false),
});

/** @param locale for `Intl` */
export function privacySections(kept: Kept, t: Translate<'privacy'>, locale: string): Section[] {
  const isMasked = kept.masked.length > 0;
  const kinds = new Intl.ListFormat(locale).format(
    kept.masked.map((kind) => t(`stored.kinds.${kind}`)),
  );
  return [
    section(
      t('stored.title'),
      t('stored.call'),
      isMasked ? t('stored.masked', { kinds }) : t('stored.unmasked'),
      kept.recorded ? t('stored.recorded', { days: kept.recordingDays }) : t('stored.unrecorded'),
      kept.recordedElsewhere && t('stored.recordedElsewhere'),
      kept.recorded && isMasked && t('stored.everything'),
      kept.letta && t('stored.memory'),
      kept.signIn && t('stored.account'),
    ),
    section(t('time.title'), t('time.call', { days: kept.callDays })),
    section(t('browser.title'), t('browser.cookies'), kept.letta && t('browser.memory')),
    section(
      t('processing.title'),
      t(`processing.othersHear.${kept.othersHear}`),
      t(kept.listenersShown ? 'processing.listenersShown' : 'processing.listenersHidden'),
    ),
    section(
      t('data.title'),
      kept.contact ? t('data.contact', { contact: kept.contact }) : t('data.noContact'),
      t('data.when'),
    ),
  ];
}
