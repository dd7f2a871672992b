'use client';
// All events of a call in order, filtered by type, and copied as JSON.
import { Check, Copy, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { describeMark, latencyText, sourceName } from '@/components/calls/event-words';
import { ToolCall } from '@/components/calls/tool-call';
import { useEventWording } from '@/components/calls/use-wording';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Panel } from '@/components/ui/panel';
import { useCopy } from '@/components/ui/use-copy';
import type { Mark, Timeline } from '@/lib/calls/call';
import { GROUPS, type Group, groupOf, USUAL_GROUPS } from '@/lib/calls/view/picture';
import { clock } from '@/lib/core/clock';

/** Id of the element of an event. */
export const eventPlaceOf = (mark: Mark) => `event-${mark.id}`;

interface EventListProps {
  readonly timeline: Timeline;
  /** Whether turns and states are shown at first, too. */
  readonly everything?: boolean;
}

export function EventList({ timeline, everything = false }: EventListProps) {
  const { call, marks } = timeline;
  const wording = useEventWording(timeline);
  const { t } = wording;
  const [groups, setGroups] = useState<readonly Group[]>(everything ? GROUPS : USUAL_GROUPS);
  const { copied, copy } = useCopy();
  const there = GROUPS.filter((group) => marks.some((mark) => groupOf(mark) === group));
  const shown = marks.filter((mark) => groups.includes(groupOf(mark)));
  return (
    <Panel
      title={t('events.title')}
      aside={
        <span role="status">{t('events.count', { shown: shown.length, all: marks.length })}</span>
      }
    >
      <fieldset className="flex flex-wrap gap-1.5 pb-3">
        <legend className="sr-only">{t('events.show')}</legend>
        {there.map((group) => (
          <GroupChoice
            key={group}
            label={t(`events.groups.${group}`)}
            on={groups.includes(group)}
            onChange={(on) =>
              setGroups(on ? [...groups, group] : groups.filter((one) => one !== group))
            }
          />
        ))}
      </fieldset>
      <div className="flex flex-wrap items-center gap-3 pb-3">
        <Button size="sm" onClick={() => void copy(JSON.stringify(shown, null, 2))}>
          <Copy aria-hidden="true" className="size-4" />
          {t('events.copy')}
        </Button>
        <span role="status" className="text-sm text-muted-foreground">
          {copied !== 'no' && t(`events.copied.${copied}`)}
        </span>
      </div>
      {shown.length === 0 ? (
        <p className="text-sm text-muted-foreground">{t('events.none')}</p>
      ) : (
        <ol className="grid gap-2">
          {shown.map((mark) => (
            <li
              key={mark.id}
              id={eventPlaceOf(mark)}
              tabIndex={-1}
              className="grid scroll-mt-4 grid-cols-[4.4rem_minmax(0,1fr)] rounded-[6px] text-sm leading-snug focus:bg-accent"
            >
              <time
                dateTime={new Date(call.requestedAt + mark.from).toISOString()}
                title={new Date(call.requestedAt + mark.from).toISOString()}
                className="num text-muted-foreground"
              >
                {clock(mark.from)}.{Math.floor(Math.max(0, mark.from) / 100) % 10}
              </time>
              <div className="min-w-0 [overflow-wrap:anywhere]">
                {mark.kind === 'tool' ? (
                  <ToolCall {...mark} label={mark.label ?? mark.tool} ms={mark.to - mark.from} />
                ) : (
                  <span
                    className={cn(
                      groupOf(mark) === 'errors' && 'text-stop-ink',
                      mark.kind === 'turn' && 'line-clamp-2',
                    )}
                  >
                    {describeMark(mark, wording)}
                  </span>
                )}
                {mark.kind === 'turn' && (
                  <span className="block text-xs text-muted-foreground tabular-nums empty:hidden">
                    {latencyText(mark, wording)}
                  </span>
                )}
                {mark.kind === 'event' && (
                  <span className="pl-1.5 text-xs text-muted-foreground">
                    {sourceName(mark.source)}
                  </span>
                )}
                <Stack mark={mark} />
              </div>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

interface GroupChoiceProps {
  readonly label: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

function GroupChoice({ label, on, onChange }: GroupChoiceProps) {
  return (
    <label
      className={cn(
        'relative inline-flex min-h-9 items-center gap-1 rounded-full border px-3 font-semibold text-sm transition-colors duration-150 has-focus-visible:outline-2 has-focus-visible:outline-ring has-focus-visible:outline-offset-2',
        on ? 'border-foreground text-foreground' : 'border-input text-muted-foreground',
      )}
    >
      <input
        type="checkbox"
        checked={on}
        onChange={({ target }) => onChange(target.checked)}
        className="absolute inset-0 size-full opacity-0"
      />
      {on ? (
        <Check aria-hidden="true" className="size-3.5" />
      ) : (
        <Plus aria-hidden="true" className="size-3.5" />
      )}
      {label}
    </label>
  );
}

function Stack({ mark }: { readonly mark: Mark }) {
  const t = useTranslations('callDetails.events');
  if (mark.kind !== 'event' || mark.what.kind !== 'error' || !mark.what.stack) return null;
  return (
    <details className="pt-0.5">
      <summary className="cursor-pointer text-sm text-muted-foreground">{t('stack')}</summary>
      <pre className="whitespace-pre-wrap pt-1 text-xs [overflow-wrap:anywhere]">
        {mark.what.stack}
      </pre>
    </details>
  );
}
