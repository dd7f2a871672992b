'use client';
// All data about one caller: their calls, a download, and deletion.
import { Download } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { CallRow } from '@/components/calls/call-row';
import { buttonVariants } from '@/components/ui/button';
import { ConfirmDelete } from '@/components/ui/confirm';
import { Panel } from '@/components/ui/panel';
import { request } from '@/components/ui/request';
import { type CallSummary, callerName } from '@/lib/calls/call';
import { pathSegment } from '@/lib/core/path-segment';
import { type DeletedView, deletedView } from '@/lib/privacy/deleted-view';

const one = (caller: string) => `/api/callers/${pathSegment(caller)}`;

/** URL of the download. */
const callerExportHref = (caller: string) => `${one(caller)}/export`;

/** What was deleted, and what could not be. */
function Gone({ gone }: { readonly gone: DeletedView }) {
  const t = useTranslations('caller.remove');
  const place = useRef<HTMLDivElement>(null);
  // The focused button is gone.
  useEffect(() => place.current?.focus(), []);
  return (
    <div ref={place} role="status" tabIndex={-1} className="mt-5 text-base">
      <p>{t('done', { calls: gone.calls, memories: gone.lettaAgents })}</p>
      {gone.notDeleted.length > 0 && (
        <>
          <p className="mt-2">{t('left')}</p>
          <ul className="mt-1 list-disc pl-5 text-sm text-muted-foreground [overflow-wrap:anywhere]">
            {gone.notDeleted.map(({ file, location }) => (
              <li key={file}>{location ?? file}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

interface CallerViewProps {
  readonly caller: string;
  readonly calls: readonly CallSummary[];
}

export function CallerView({ caller, calls }: CallerViewProps) {
  const t = useTranslations('caller');
  const [gone, setGone] = useState<DeletedView>();
  const names = [...new Set(calls.flatMap((call) => callerName(call) ?? []))];
  return (
    <>
      <p className="mt-1 text-base text-muted-foreground [overflow-wrap:anywhere]">
        {names.join(', ')} <span className="num">{names.includes(caller) ? '' : caller}</span>
      </p>
      <p className="mt-2 max-w-[60ch] text-base">{t('lead')}</p>
      {gone ? (
        <Gone gone={gone} />
      ) : (
        <>
          <Panel title={t('calls', { count: calls.length })} className="mt-5">
            <ul className="-mx-4 -mb-4 divide-y divide-border sm:-mx-5 sm:-mb-5">
              {calls.map((call) => (
                <CallRow key={call.id} call={call} />
              ))}
            </ul>
          </Panel>
          <div className="mt-6 flex flex-wrap items-start gap-2">
            <a href={callerExportHref(caller)} download className={buttonVariants()}>
              <Download aria-hidden="true" className="size-[18px]" />
              {t('export')}
            </a>
            <ConfirmDelete
              askClass="w-full max-w-[60ch]"
              words={{
                button: t('remove.button'),
                ask: t('remove.ask'),
                yes: t('remove.yes'),
                no: t('remove.no'),
                busy: t('remove.busy'),
                failed: t('remove.failed'),
              }}
              onDelete={async () =>
                setGone(await request(one(caller), { method: 'DELETE', schema: deletedView }))
              }
            />
          </div>
        </>
      )}
      <p className="mt-6 text-sm text-muted-foreground">
        <Link href="/privacy" className="underline underline-offset-3">
          {t('about')}
        </Link>
      </p>
    </>
  );
}
