'use client';
// Past calls, filtered by the URL.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowUp, Download, Phone } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { CallRow } from '@/components/calls/call-row';
import { callsExportHref, loadHistory } from '@/components/calls/calls-client';
import { FilterBar } from '@/components/calls/filter-bar';
import { CALLS, useCallsChanges } from '@/components/calls/use-changes';
import { Button, buttonVariants } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { useFailureText } from '@/components/ui/failure';
import { Notice } from '@/components/ui/notice';
import { appendPage, type Loaded, mergePage } from '@/lib/calls/view/merge-page';
import {
  apiQuery,
  inUse,
  NO_FILTER,
  type PageFilter,
  pageHref,
  readFilter,
} from '@/lib/calls/view/page-filter';
import { listed } from '@/lib/core/format';

const queryOf = (filter: PageFilter) => [...CALLS, pageHref(filter)];

/**
 * The list, which refreshes itself. New calls wait above the list while the reader has scrolled down.
 * @param scrolledPast whether the top of the list is out of view
 */
function useCalls(first: Loaded | undefined, filter: PageFilter, scrolledPast: () => boolean) {
  const href = pageHref(filter);
  const [opened] = useState(() => ({ href, at: Date.now() }));
  const [waiting, setWaiting] = useState({ href, ids: new Set<string>() });
  const held = waiting.href === href ? waiting.ids : new Set<string>();
  const client = useQueryClient();
  const queryKey = queryOf(filter);
  const {
    data: latest,
    error,
    isPlaceholderData,
    refetch,
  } = useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<Loaded> => {
      const page = await loadHistory(apiQuery(filter, Date.now()), { signal });
      const before = client.getQueryData<Loaded>(queryKey);
      if (!before) return page;
      const history = mergePage(before, page);
      const known = new Set(before.calls.map(({ id }) => id));
      const added = history.calls.map(({ id }) => id).filter((id) => !known.has(id));
      if (!signal.aborted && added.length > 0 && scrolledPast())
        setWaiting((last) => ({
          href,
          ids: new Set([...(last.href === href ? last.ids : []), ...added]),
        }));
      return history;
    },
    initialData: href === opened.href ? first : undefined,
    initialDataUpdatedAt: opened.at,
    placeholderData: keepPreviousData,
    // What is shown for a filter has to be current.
    gcTime: 0,
  });
  const older = useMutation({
    mutationFn: ({ cursor, filter }: { cursor: string; filter: PageFilter }) =>
      loadHistory(apiQuery(filter, Date.now()), { cursor }),
    onSuccess: (page, { filter }) =>
      client.setQueryData<Loaded>(queryOf(filter), (now) => now && appendPage(now, page)),
  });
  const refresh = () => {
    if (older.isError) older.reset();
    void refetch();
  };
  useCallsChanges();

  const problem = older.error ?? error ?? undefined;
  const calls = latest?.calls.filter(({ id }) => !held.has(id)) ?? [];
  return {
    /** Undefined until it was loaded once. */
    history: latest && { calls, next: latest.next },
    /** Number of new calls that are not shown yet. */
    fresh: latest ? latest.calls.length - calls.length : 0,
    /** Whether calls for a changed filter are being loaded. */
    loading: (isPlaceholderData || !latest) && problem === undefined,
    loadingOlder: older.isPending,
    problem,
    showFresh: () => setWaiting({ href, ids: new Set() }),
    loadOlder: () => {
      const cursor = latest?.next;
      if (cursor && !older.isPending) older.mutate({ cursor, filter });
    },
    refresh,
  };
}

interface EmptyCallsProps {
  readonly filter: PageFilter;
  readonly onChange: (filter: PageFilter) => void;
}

/** Shown without calls, with what to do. */
function EmptyCalls({ filter, onChange }: EmptyCallsProps) {
  const t = useTranslations('calls');
  const locale = useLocale();
  const by = inUse(filter).filter((name) => name !== 'from' && name !== 'to');
  if (by.length === 0) {
    return (
      <div className="p-5 sm:p-8">
        <h3 className="font-semibold text-lg">{t('empty.title')}</h3>
        <p className="mt-1 max-w-[34rem] text-base text-muted-foreground leading-relaxed">
          {t('empty.body')}
        </p>
        <p className="mt-4">
          <Link href="/" className={buttonVariants({ variant: 'primary' })}>
            <Phone aria-hidden="true" className="size-4 fill-current stroke-none" />
            {t('empty.start')}
          </Link>
        </p>
        <p className="mt-4 max-w-[34rem] text-sm text-muted-foreground">{t('empty.api')}</p>
      </div>
    );
  }
  return (
    <div className="p-5 sm:p-8">
      <h3 className="font-semibold text-lg">{t('nothing.title')}</h3>
      <p className="mt-1 max-w-[34rem] text-base text-muted-foreground leading-relaxed">
        {t('nothing.body', {
          count: by.length,
          names: listed(
            by.map((name) => t(`filter.${name}`).toLowerCase()),
            locale,
          ),
        })}
        {filter.text && ` ${t('nothing.words')}`}
      </p>
      <p className="mt-4">
        <Button onClick={() => onChange(NO_FILTER)}>{t('nothing.all')}</Button>
      </p>
    </div>
  );
}

/** Downloads the past calls of the filter. */
function ExportLink({ filter }: { readonly filter: PageFilter }) {
  const t = useTranslations('calls');
  // "Within the last hour" counts from the click, also of another mouse button.
  const update = ({ currentTarget }: { readonly currentTarget: HTMLAnchorElement }) => {
    currentTarget.href = callsExportHref(apiQuery(filter, Date.now()));
  };
  return (
    <a
      href={callsExportHref(apiQuery(filter, 0))}
      download
      onPointerDown={update}
      onClick={update}
      className="inline-flex min-h-9 items-center gap-1.5 underline hover:text-foreground"
    >
      <Download aria-hidden="true" className="size-4" />
      {t('history.export')}
    </a>
  );
}

export function PastView({ first }: { readonly first: Loaded | undefined }) {
  const t = useTranslations('calls');
  const failureText = useFailureText();
  const filter = readFilter(useSearchParams());
  const top = useRef<HTMLDivElement>(null);
  const { history, fresh, loading, loadingOlder, problem, ...act } = useCalls(
    first,
    filter,
    () => (top.current?.getBoundingClientRect().top ?? 0) < 0,
  );
  const called = (history?.calls ?? []).flatMap(({ agents }) => agents);
  // Next.js keeps its router in sync with this.
  const change = (next: PageFilter) => window.history.replaceState(null, '', pageHref(next));
  const showFresh = () => {
    act.showFresh();
    top.current?.scrollIntoView({ block: 'start' });
    top.current?.focus({ preventScroll: true });
  };

  return (
    <section aria-label={t('history.list')} className="mt-6">
      <FilterBar filter={filter} called={called} onChange={change} />
      <p className="flex min-h-9 flex-wrap items-center justify-between gap-x-4 text-sm text-muted-foreground">
        <span role="status">
          {loading && t('history.loading')}
          {!loading &&
            history &&
            history.calls.length > 0 &&
            t(history.next === undefined ? 'history.count' : 'history.first', {
              count: history.calls.length,
            })}
        </span>
        {history && history.calls.length > 0 && <ExportLink filter={filter} />}
      </p>
      {problem && (
        <Notice
          tone="stop"
          urgent
          title={t('away.title')}
          body={failureText(problem)}
          className="max-w-none"
        >
          <Button onClick={act.refresh}>{t('away.again')}</Button>
        </Notice>
      )}
      <div ref={top} tabIndex={-1} className="scroll-mt-4">
        {fresh > 0 && (
          <div className="sticky top-3 z-10 flex h-0 justify-center">
            <button
              type="button"
              onClick={showFresh}
              className="mt-1 inline-flex h-9 animate-arrive items-center gap-1.5 rounded-full bg-foreground px-3.5 font-semibold text-sm text-card shadow-board"
            >
              <ArrowUp aria-hidden="true" className="size-4" />
              {t('history.fresh', { count: fresh })}
            </button>
          </div>
        )}
        {history && (
          <div
            className={cn(
              'mt-1 overflow-clip rounded-lg border border-border bg-card',
              loading && 'opacity-60',
            )}
          >
            {history.calls.length === 0 ? (
              !loading && <EmptyCalls filter={filter} onChange={change} />
            ) : (
              <ul aria-label={t('history.list')} className="divide-y divide-border">
                {history.calls.map((call) => (
                  <CallRow key={call.id} call={call} />
                ))}
              </ul>
            )}
          </div>
        )}
      </div>
      {history?.next && (
        <p className="pt-4 text-center">
          <Button aria-disabled={loadingOlder} onClick={act.loadOlder}>
            {loadingOlder ? t('history.loading') : t('history.older')}
          </Button>
        </p>
      )}
    </section>
  );
}
