'use client';
// What the page of bookings is filtered by.
import { useEffect, useEffectEvent, useState } from 'react';
import { useTexts } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { Field, SelectField, TextField } from '@/components/ui/fields';
import { type DeskPageFilter, deskQuery, NO_DESK_FILTER } from '@/lib/bookings/view/page-filter';
import { catalogue } from '@/lib/catalogue';
import { bookingsTexts } from '@/lib/text/bookings';

/** Milliseconds after the last letter: a search for every letter would flicker. */
const TYPED_MS = 300;

const DEPLOYMENTS = [...new Set(catalogue.flatMap(({ deployments }) => deployments))];

interface DeskFilterProps {
  readonly filter: DeskPageFilter;
  readonly onChange: (filter: DeskPageFilter) => void;
}

export function DeskFilterBar({ filter, onChange }: DeskFilterProps) {
  const { bookingsText } = useTexts(bookingsTexts);
  const { filter: words } = bookingsText;
  const { q } = filter;
  const [name, setName] = useState(q);
  const [known, setKnown] = useState({ q, told: q });
  if (q !== known.q) {
    // Our own words come back from the address; others replace what was typed.
    setKnown({ q, told: q });
    if (q !== known.told) setName(q);
  }
  const tell = useEffectEvent(() => {
    const told = name.trim();
    if (told === q) return;
    setKnown({ ...known, told });
    onChange({ ...filter, q: told });
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each letter
  useEffect(() => {
    const timer = setTimeout(tell, TYPED_MS);
    return () => clearTimeout(timer);
  }, [name]);
  const listed = filter.deployment === '' || DEPLOYMENTS.includes(filter.deployment);
  const options = [
    { value: '', label: words.any },
    ...[...DEPLOYMENTS, ...(listed ? [] : [filter.deployment])].map((value) => ({
      value,
      label: value,
    })),
  ];
  return (
    <search aria-label={words.label} className="block">
      <div className="grid grid-cols-2 items-end gap-2.5 sm:grid-cols-[minmax(0,1fr)_11rem_11rem_auto]">
        <TextField
          label={words.name}
          value={name}
          onChange={setName}
          className="max-sm:col-span-full"
        />
        <SelectField
          label={words.deployment}
          value={filter.deployment}
          options={options}
          onChange={(deployment) => onChange({ ...filter, deployment })}
        />
        <Field label={words.from}>
          {(described) => (
            <input
              {...described}
              type="date"
              value={filter.from}
              onChange={({ target }) => onChange({ ...filter, from: target.value })}
              className="min-h-11 w-full min-w-0 rounded-mid border border-edge bg-raised px-3 text-[15px] text-ink"
            />
          )}
        </Field>
        <Button
          aria-disabled={deskQuery(filter).size === 0}
          className="border-edge max-sm:col-span-full aria-disabled:opacity-60"
          onClick={() => onChange(NO_DESK_FILTER)}
        >
          {words.clear}
        </Button>
      </div>
    </search>
  );
}
