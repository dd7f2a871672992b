'use client';
// The filters of the list: a search field, and on phones a collapsed group of the others.
import { Search, SlidersHorizontal } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useId, useState } from 'react';
import { deploymentsIn, useAgentList } from '@/components/agents/agent-list';
import { useCatalogue } from '@/components/language/catalogue';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Field, SelectField } from '@/components/ui/fields';
import { Input } from '@/components/ui/input';
import { useBrowserValue } from '@/components/ui/use-browser-value';
import type { ListedAgent } from '@/lib/agents/agent';
import { ENDED_BY } from '@/lib/calls/call';
import { inUse, NO_FILTER, type PageFilter, TIME_RANGES } from '@/lib/calls/view/page-filter';
import { outcomes } from '@/lib/core/outcome';

/** An option of the filter. */
export type FilterAgent = Pick<ListedAgent, 'name'> & Partial<Pick<ListedAgent, 'person'>>;

/**
 * Returns each agent once, those of the list first.
 * @param called names of agents in calls, with duplicates
 */
export function filterAgents(
  list: readonly ListedAgent[],
  called: readonly string[],
): readonly FilterAgent[] {
  const known = new Set(list.map(({ name }) => name));
  const others = new Set(called.filter((name) => name && !known.has(name)));
  return [...list, ...[...others].sort().map((name) => ({ name }))];
}

/** `2026-11-20T10:42` in local time, as `<input type="datetime-local">` expects it. */
function local(iso: string): string {
  if (!iso) return '';
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

interface TimeFieldProps {
  readonly label: string;
  /** ISO 8601, or empty. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** An input for a point in time: local in the input, ISO 8601 in the URL. */
function TimeField({ label, value, onChange }: TimeFieldProps) {
  const shown = useBrowserValue(() => local(value), '');
  return (
    <Field label={label}>
      {(described) => (
        <Input
          {...described}
          type="datetime-local"
          value={shown}
          onChange={({ target }) =>
            onChange(target.value ? new Date(target.value).toISOString() : '')
          }
        />
      )}
    </Field>
  );
}

/** Debounce in milliseconds: searching on each letter would flicker. */
const TYPED_MS = 300;

/** "Any", the options, and the value from the URL if it is not among them. */
const among = <Option extends { readonly value: string }>(
  any: string,
  options: readonly (string | Option)[],
  own: string,
) => [
  { value: '', label: any },
  ...options,
  ...(own && !options.some((one) => own === (typeof one === 'string' ? one : one.value))
    ? [own]
    : []),
];

interface FilterBarProps {
  readonly filter: PageFilter;
  /** Names of the agents in the calls on the page. */
  readonly called: readonly string[];
  readonly onChange: (filter: PageFilter) => void;
}

export function FilterBar({ filter, called, onChange }: FilterBarProps) {
  const t = useTranslations('calls');
  const { outcomeLabel } = useCatalogue();
  const list = useAgentList();
  const agents = filterAgents(list, called).map(({ name, person }) => ({
    value: name,
    label: person === undefined ? name : t('filter.agentOption', { name, person }),
  }));
  const fields = [
    ['agent', agents, filter.agent],
    ['deployment', deploymentsIn(list), filter.deployment],
    [
      'outcome',
      [...outcomes.keys()].map((value) => ({ value, label: outcomeLabel(value) })),
      filter.outcome,
    ],
    ['ended_by', ENDED_BY.map((value) => ({ value, label: t(`endings.${value}`) })), ''],
    [
      'test',
      (['false', 'true'] as const).map((value) => ({ value, label: t(`filter.tests.${value}`) })),
      '',
    ],
  ] as const;
  const times = TIME_RANGES.map((value) => ({ value, label: t(`filter.times.${value}`) }));
  const [open, setOpen] = useState(false);
  const id = useId();
  const set = (change: Partial<PageFilter>) => onChange({ ...filter, ...change });
  const count = inUse(filter).filter((name) => !['text', 'from', 'to'].includes(name)).length;
  return (
    <search aria-label={t('filter.label')} className="block">
      <div className="flex flex-wrap items-end gap-2.5">
        <Words text={filter.text} onChange={(text) => set({ text })} />
        <Button
          aria-expanded={open}
          aria-controls={id}
          className="md:hidden"
          onClick={() => setOpen(!open)}
        >
          <SlidersHorizontal aria-hidden="true" className="size-4.5" />
          {t('filter.more')}
          {count > 0 && <span className="num">{count}</span>}
        </Button>
        {inUse(filter).length > 0 && (
          <Button onClick={() => onChange(NO_FILTER)}>{t('filter.clear')}</Button>
        )}
      </div>
      <div
        id={id}
        className={cn('mt-3 grid-cols-2 gap-2.5 md:grid lg:grid-cols-6', open ? 'grid' : 'hidden')}
      >
        {fields.map(([name, options, own]) => (
          <SelectField
            key={name}
            label={t(`filter.${name}`)}
            value={filter[name]}
            options={among(t('filter.any'), options, own)}
            onChange={(value) => set({ [name]: value })}
          />
        ))}
        <SelectField
          label={t('filter.within')}
          value={filter.within}
          options={[{ value: '', label: t('filter.anyTime') }, ...times]}
          onChange={(within) => set({ within, from: '', to: '' })}
        />
        {filter.within === 'range' && (
          <div className="col-span-full grid gap-2.5 sm:grid-cols-2 lg:w-1/2">
            <TimeField
              label={t('filter.from')}
              value={filter.from}
              onChange={(from) => set({ from })}
            />
            <TimeField label={t('filter.to')} value={filter.to} onChange={(to) => set({ to })} />
          </div>
        )}
      </div>
    </search>
  );
}

interface WordsProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
}

/** The search field, debounced. */
function Words({ text, onChange }: WordsProps) {
  const t = useTranslations('calls.filter');
  const [typed, setTyped] = useState(text);
  const [known, setKnown] = useState({ text, sent: text });
  if (text !== known.text) {
    // The URL changed: by this field, or by something else that replaces the text.
    setKnown({ text, sent: text });
    if (text !== known.sent) setTyped(text);
  }
  const send = useEffectEvent(() => {
    const sent = typed.trim();
    if (sent === text) return;
    setKnown({ ...known, sent });
    onChange(sent);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each letter
  useEffect(() => {
    const timer = setTimeout(send, TYPED_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <Field label={t('text')} labelHidden className="min-w-[9rem] flex-1">
      {(described) => (
        <span className="relative block">
          <Search
            aria-hidden="true"
            className="pointer-events-none absolute top-3 left-3 size-5 text-muted-foreground"
          />
          <Input
            {...described}
            type="search"
            autoComplete="off"
            maxLength={200}
            placeholder={t('text')}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            className="pr-3 pl-10 text-base"
          />
        </span>
      )}
    </Field>
  );
}
