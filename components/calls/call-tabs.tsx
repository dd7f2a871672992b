'use client';
// What is known about a call, in tabs. The address keeps the tab, and a link to an entry opens its tab.
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react';
import { placeOf } from '@/components/calls/call-transcript';
import { eventPlaceOf } from '@/components/calls/event-list';
import { cn } from '@/components/ui/cn';
import { TAB_BAR, tabStyle } from '@/components/ui/tab-style';
import type { Mark } from '@/lib/calls/call';

const TABS = ['transcript', 'events', 'usage', 'traces'] as const;
type Tab = (typeof TABS)[number];

interface View {
  readonly tab: Tab;
  /** Id of the element to show. */
  readonly place?: string | undefined;
}

/** The tab of the element with this id. */
const tabWith = (place: string): Tab | undefined =>
  place.startsWith('event-') ? 'events' : place.startsWith('at-') ? 'transcript' : undefined;

function show(place: string): void {
  const element = document.getElementById(place);
  const folded = element?.querySelector('details');
  if (folded && element?.hasAttribute('data-tool')) folded.open = true;
  element?.scrollIntoView({ block: 'center' });
  element?.focus({ preventScroll: true });
}

/** The tab that is shown, and what shows another. */
export function useCallTabs() {
  const asked = useSearchParams().get('tab');
  const [view, setView] = useState<View>({ tab: TABS.find((one) => one === asked) ?? TABS[0] });
  useEffect(() => {
    if (view.place) show(view.place);
  }, [view]);
  useEffect(() => {
    const follow = () => {
      const place = decodeURIComponent(window.location.hash.slice(1));
      const tab = tabWith(place);
      if (tab) setView({ tab, place });
    };
    follow();
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return {
    tab: view.tab,
    choose: (tab: Tab) => {
      setView({ tab });
      const { pathname } = window.location;
      const search = tab === TABS[0] ? '' : `?${new URLSearchParams({ tab })}`;
      window.history.replaceState(null, '', pathname + search);
    },
    /** Shows the text of a mark. */
    open: (mark: Mark) => {
      const place = mark.kind === 'event' ? eventPlaceOf(mark) : placeOf(mark);
      setView({ tab: tabWith(place) ?? TABS[0], place });
    },
  };
}

interface CallTabsProps {
  readonly tab: Tab;
  readonly onChoose: (tab: Tab) => void;
  /** What each tab shows. */
  readonly panels: Readonly<Record<Tab, ReactNode>>;
}

export function CallTabs({ tab, onChoose, panels }: CallTabsProps) {
  const t = useTranslations('callDetails.tabs');
  const id = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    const at = TABS.indexOf(tab);
    const to = {
      ArrowRight: (at + 1) % TABS.length,
      ArrowLeft: (at - 1 + TABS.length) % TABS.length,
      Home: 0,
      End: TABS.length - 1,
    }[event.key];
    const next = to === undefined ? undefined : TABS[to];
    if (!next) return;
    event.preventDefault();
    onChoose(next);
    document.getElementById(`${id}-${next}`)?.focus();
  };
  return (
    <>
      <div className={cn(TAB_BAR, 'mb-4')}>
        <div role="tablist" aria-label={t('label')} onKeyDown={onKeyDown} className="flex gap-1">
          {TABS.map((one) => (
            <button
              key={one}
              id={`${id}-${one}`}
              type="button"
              role="tab"
              aria-selected={one === tab}
              aria-controls={`${id}-of-${one}`}
              tabIndex={one === tab ? 0 : -1}
              onClick={() => onChoose(one)}
              className={tabStyle(one === tab)}
            >
              {t(one)}
            </button>
          ))}
        </div>
      </div>
      {TABS.map((one) => (
        <div
          key={one}
          id={`${id}-of-${one}`}
          role="tabpanel"
          aria-labelledby={`${id}-${one}`}
          hidden={one !== tab}
        >
          {/* The transcript stays: its recording may be playing. */}
          {(one === tab || one === 'transcript') && panels[one]}
        </div>
      ))}
    </>
  );
}
