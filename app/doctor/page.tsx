// The doctor: `/doctor` examines all parts; `/doctor?room=` says why no agent joined a room. Test calls to one agent are on
// its page, which `/doctor?agent=` was before.

import { headers } from 'next/headers';
import { permanentRedirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { here, visit } from '@/app/visit';
import { DoctorView } from '@/components/doctor/doctor-view';
import { WhyView } from '@/components/doctor/why-view';
import { PageShell } from '@/components/shell/page-shell';
import { listedAgent } from '@/lib/agents/registry';
import { asksFromElsewhere } from '@/lib/auth/route';
import { isConfigError } from '@/lib/core/config';
import { type Language, languageOf } from '@/lib/core/language';
import { pathSegment } from '@/lib/core/path-segment';
import { examinationPlan, findingFor } from '@/lib/doctor/examine';
import { server } from '@/lib/server';

export const generateMetadata = async () => ({ title: (await getTranslations('doctor'))('title') });

interface DoctorPageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** The one value of a parameter; undefined if it is missing or empty. */
const oneValue = (value: string | string[] | undefined) =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The checks; none while the settings are invalid, which the examination then says. */
function planIn(language: Language) {
  try {
    return examinationPlan(server(), language);
  } catch (error) {
    if (isConfigError(error)) return [];
    throw error;
  }
}

interface WhyProps {
  readonly room: string;
  readonly language: Language;
}

/** Gathers the evidence, which takes seconds if a source does not respond. */
async function Why({ room, language }: WhyProps) {
  return <WhyView room={room} finding={await findingFor(server(), room, language)} />;
}

export default async function DoctorPage({ searchParams }: DoctorPageProps) {
  const given = await searchParams;
  await visit('/doctor', here('/doctor', given));
  const t = await getTranslations('doctor');
  const asked = await headers();
  const language = languageOf(asked);
  const waits = asksFromElsewhere(asked);
  const room = oneValue(given.room);
  const back = { href: '/doctor', label: t('title') };
  if (room) {
    return (
      <PageShell width="wide" back={back} title={t('ask.title')} messages={['doctor']}>
        <Suspense key={room} fallback={<WhyView room={room} />}>
          <Why room={room} language={language} />
        </Suspense>
      </PageShell>
    );
  }
  const named = oneValue(given.agent);
  if (named !== undefined && listedAgent(server(), named)) {
    permanentRedirect(`/agents/${pathSegment(named)}/test`);
  }
  return (
    <PageShell
      width="wide"
      title={t('title')}
      lead={t('lead')}
      messages={['doctor', 'checks', 'mics']}
    >
      <DoctorView plan={planIn(language)} waits={waits} />
    </PageShell>
  );
}
