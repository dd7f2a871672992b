// What is stored about callers, for how long, and whom to contact, as configured.
import { getLocale, getTranslations } from 'next-intl/server';
import { visit } from '@/app/visit';
import { PageShell } from '@/components/shell/page-shell';
import { keptBy } from '@/lib/privacy/kept';
import { privacySections } from '@/lib/privacy/sections';
import { server } from '@/lib/server';

export const generateMetadata = async () => ({
  title: (await getTranslations('privacy'))('title'),
});

export default async function PrivacyPage() {
  await visit('/privacy');
  const t = await getTranslations('privacy');
  const sections = privacySections(keptBy(server()), t, await getLocale());
  return (
    <PageShell
      width="text"
      back={{ href: '/', label: t('back') }}
      title={t('title')}
      lead={t('lead')}
    >
      {sections.map(({ title, body }) => (
        <section key={title} className="mt-8">
          <h2 className="pb-1.5 text-lg">{title}</h2>
          {body.map((paragraph) => (
            <p
              key={paragraph}
              className="mt-1.5 text-base leading-relaxed [overflow-wrap:anywhere]"
            >
              {paragraph}
            </p>
          ))}
        </section>
      ))}
    </PageShell>
  );
}
