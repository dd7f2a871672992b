'use client';
// A point in time: entered in the visitor's own time zone, kept as ISO 8601.
import { useSyncExternalStore } from 'react';
import { Field } from '@/components/ui/fields';

const never = () => () => {};

/** `2026-11-20T10:42` in local time, as the browser's own field wants it. */
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

export function TimeField({ label, value, onChange }: TimeFieldProps) {
  const shown = useSyncExternalStore(
    never,
    () => local(value),
    () => '',
  );
  return (
    <Field label={label}>
      {(described) => (
        <input
          {...described}
          type="datetime-local"
          value={shown}
          onChange={({ target }) =>
            onChange(target.value ? new Date(target.value).toISOString() : '')
          }
          className="min-h-11 w-full min-w-0 rounded-mid border border-edge bg-raised px-3.5 text-[15px] text-ink"
        />
      )}
    </Field>
  );
}
