'use client';
// The filters of the list: a search field, and each other filter as a chip that can be changed and removed.
import { Search, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { deploymentsIn, useAgentList } from '@/components/agents/agent-list';
import { FilterMenu } from '@/components/calls/filter-menu';
import { useCatalogue } from '@/components/language/catalogue';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/fields';
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

/** Debounce in milliseconds: searching on each letter would flicker. */
const TYPED_MS = 300;

/** Filters with a chip. The words have their field, and both times belong to `within`. */
const CHIPS = ['agent', 'deployment', 'outcome', 'ended_by', 'test', 'within'] as const;
type ChipName = (typeof CHIPS)[number];

interface Option {
  readonly value: string;
  readonly label: string;
}

/** The options of each filter. */
function useOptions(called: readonly string[]): Readonly<Record<ChipName, readonly Option[]>> {
  const t = useTranslations('calls');
  const { outcomeLabel } = useCatalogue();
  const list = useAgentList();
  return {
    agent: filterAgents(list, called).map(({ name, person }) => ({
      value: name,
      label: person === undefined ? name : t('filter.agentOption', { name, person }),
    })),
    deployment: deploymentsIn(list).map((value) => ({ value, label: value })),
    outcome: [...outcomes.keys()].map((value) => ({ value, label: outcomeLabel(value) })),
    ended_by: ENDED_BY.map((value) => ({ value, label: t(`endings.${value}`) })),
    test: (['false', 'true'] as const).map((value) => ({
      value,
      label: t(`filter.tests.${value}`),
    })),
    within: TIME_RANGES.map((value) => ({ value, label: t(`filter.times.${value}`) })),
  };
}

interface FilterChipProps {
  readonly name: ChipName;
  readonly value: string;
  readonly options: readonly Option[];
  /** Whether it was added just now, and takes the focus. */
  readonly added: boolean;
  readonly onChange: (value: string) => void;
  readonly onRemove: () => void;
}

function FilterChip({ name, value, options, added, onChange, onRemove }: FilterChipProps) {
  const t = useTranslations('calls.filter');
  const select = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    if (added) select.current?.focus();
  }, [added]);
  const label = t(name);
  const remove = t('remove', { name: label });
  // A value of the URL may be none of the options.
  const known = value === '' || options.some((one) => one.value === value);
  return (
    <li className="inline-flex min-h-11 max-w-full items-center rounded-full border border-input bg-popover pl-3.5 text-sm">
      <label className="flex min-w-0 items-center gap-1.5">
        <span className="flex-none text-muted-foreground">{label}</span>
        <select
          ref={select}
          value={value}
          onChange={({ target }) => onChange(target.value)}
          className="field-sizing-content min-h-9 min-w-0 truncate rounded-sm bg-popover font-semibold text-foreground"
        >
          {value === '' && <option value="">{t('choose')}</option>}
          {!known && <option value={value}>{value}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        aria-label={remove}
        title={remove}
        onClick={onRemove}
        className="grid size-11 flex-none place-items-center rounded-full text-muted-foreground hover:text-foreground"
      >
        <X aria-hidden="true" className="size-4" />
      </button>
    </li>
  );
}

interface TimeChipProps {
  readonly label: string;
  /** ISO 8601, or empty. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** An input for a point in time: local in the input, ISO 8601 in the URL. */
function TimeChip({ label, value, onChange }: TimeChipProps) {
  const shown = useBrowserValue(() => local(value), '');
  return (
    <li className="inline-flex min-h-11 max-w-full items-center rounded-full border border-input bg-popover px-3.5 text-sm">
      <label className="flex min-w-0 items-center gap-1.5">
        <span className="flex-none text-muted-foreground">{label}</span>
        <input
          type="datetime-local"
          value={shown}
          onChange={({ target }) =>
            onChange(target.value ? new Date(target.value).toISOString() : '')
          }
          className="min-h-9 min-w-0 rounded-sm bg-popover font-semibold text-foreground"
        />
      </label>
    </li>
  );
}

interface FilterBarProps {
  readonly filter: PageFilter;
  /** Names of the agents in the calls on the page. */
  readonly called: readonly string[];
  readonly onChange: (filter: PageFilter) => void;
}

export function FilterBar({ filter, called, onChange }: FilterBarProps) {
  const t = useTranslations('calls.filter');
  const options = useOptions(called);
  /** The filter that was added last; without a value until one is chosen. */
  const [added, setAdded] = useState<ChipName>();
  const add = useRef<HTMLButtonElement>(null);
  const shown = CHIPS.filter((name) => filter[name] !== '' || name === added);
  const set = (change: Partial<PageFilter>) => onChange({ ...filter, ...change });
  const choose = (name: ChipName, value: string) =>
    set(name === 'within' ? { within: value, from: '', to: '' } : { [name]: value });
  return (
    <search aria-label={t('label')} className="block">
      <div className="flex flex-wrap items-end gap-2.5">
        <Words text={filter.text} onChange={(text) => set({ text })} />
        <FilterMenu
          names={CHIPS.filter((name) => !shown.includes(name))}
          labelOf={t}
          onChoose={setAdded}
          button={add}
        />
      </div>
      {(shown.length > 0 || inUse(filter).length > 0) && (
        <ul className="mt-2.5 flex flex-wrap items-center gap-2">
          {shown.map((name) => (
            <FilterChip
              key={name}
              name={name}
              value={filter[name]}
              options={options[name]}
              added={name === added}
              onChange={(value) => choose(name, value)}
              onRemove={() => {
                if (name === added) setAdded(undefined);
                if (filter[name] !== '') choose(name, '');
                add.current?.focus();
              }}
            />
          ))}
          {filter.within === 'range' && (
            <>
              <TimeChip label={t('from')} value={filter.from} onChange={(from) => set({ from })} />
              <TimeChip label={t('to')} value={filter.to} onChange={(to) => set({ to })} />
            </>
          )}
          <li>
            <Button
              variant="ghost"
              onClick={() => {
                setAdded(undefined);
                onChange(NO_FILTER);
                add.current?.focus();
              }}
            >
              {t('clear')}
            </Button>
          </li>
        </ul>
      )}
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
    <Field label={t('text')} labelHidden className="min-w-[14rem] flex-1">
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
