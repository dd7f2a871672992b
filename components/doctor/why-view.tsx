'use client';
// The verdict on one room: what was observed, why it matters, what to do, and the evidence. Rendered on the server.
import Form from 'next/form';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { EvidenceList } from '@/components/doctor/finding-row';
import { Lamp } from '@/components/doctor/state-mark';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/fields';
import { Input } from '@/components/ui/input';
import { Panel } from '@/components/ui/panel';
import type { Finding } from '@/lib/core/finding';

export function WhyForm({ room }: { readonly room: string | undefined }) {
  const t = useTranslations('doctor');
  return (
    <Form action="/doctor" className="mt-3 flex flex-wrap items-end gap-2">
      <Field label={t('ask.label')} className="flex-1 basis-[14rem]">
        {(described) => (
          <Input
            {...described}
            name="room"
            defaultValue={room}
            required
            maxLength={256}
            autoComplete="off"
            spellCheck={false}
            placeholder={t('ask.placeholder')}
            className="num text-sm!"
          />
        )}
      </Field>
      <Button type="submit" variant="secondary">
        {t('ask.button')}
      </Button>
    </Form>
  );
}

interface WhyViewProps {
  readonly room: string;
  /** Undefined while the evidence is gathered. */
  readonly finding?: Finding;
}

export function WhyView({ room, finding }: WhyViewProps) {
  const t = useTranslations('doctor');
  const state = finding?.state ?? 'wait';
  return (
    <>
      <div className="mt-6 rounded-lg border border-white/10 bg-stage p-4 text-[#f0f3f6] shadow-board sm:p-6">
        <p className="flex items-center gap-2.5 text-sm text-[#c7ced8]">
          <Lamp state={state} />
          {t(`states.${state}`)} · <span className="num [overflow-wrap:anywhere]">{room}</span>
        </p>
        <p role="status" className="display mt-3 text-xl leading-snug [overflow-wrap:anywhere]">
          {finding?.seen ?? t('toDo.later')}
        </p>
        {!finding && <div className="h-32" />}
        {finding?.matters && (
          <p className="mt-2 text-base text-[#c7ced8]">
            <span className="sr-only">{t('matters')}: </span>
            {finding.matters}
          </p>
        )}
        {finding?.todo && (
          <p className="mt-3 text-base [overflow-wrap:anywhere]">
            <span className="font-semibold text-[#ffc247]">{t('todo')}: </span>
            {finding.todo}
          </p>
        )}
        {finding?.link && (
          <Link
            href={finding.link.href}
            className="mt-3 inline-flex min-h-11 items-center rounded-md border border-white/25 px-4 font-semibold text-base hover:bg-white/10 focus-visible:outline-white"
          >
            {finding.link.label}
          </Link>
        )}
      </div>
      <div className="mt-5 grid items-start gap-4 lg:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)] lg:gap-5">
        <Panel title={t('evidence')}>
          <EvidenceList lines={finding?.evidence ?? []} />
        </Panel>
        <Panel title={t('ask.other')}>
          <WhyForm room={room} />
        </Panel>
      </div>
    </>
  );
}
