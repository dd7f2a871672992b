'use client';
// A switch with a label and a description. The whole row can be clicked.
import { type ReactNode, useId } from 'react';

interface SwitchProps {
  readonly label: string;
  readonly hint: ReactNode;
  readonly on: boolean;
  /** Set while it cannot be changed. */
  readonly disabled?: boolean;
  readonly onChange: (on: boolean) => void;
}

export function Switch({ label, hint, on, disabled, onChange }: SwitchProps) {
  const id = useId();
  return (
    <label htmlFor={id} className="flex items-center justify-between gap-5 p-4 sm:px-5">
      <span className="min-w-0">
        <span className="block break-words font-semibold text-[16px]">{label}</span>
        <span id={`${id}-hint`} className="block text-[14px] text-soft">
          {hint}
        </span>
      </span>
      <span className="relative h-7 w-12 flex-none">
        <input
          id={id}
          type="checkbox"
          role="switch"
          aria-label={label}
          aria-describedby={`${id}-hint`}
          aria-checked={on}
          checked={on}
          disabled={disabled}
          onChange={(event) => onChange(event.target.checked)}
          className="peer absolute inset-0 size-full opacity-0"
        />
        <span
          aria-hidden="true"
          className="pointer-events-none absolute inset-0 rounded-full border border-edge bg-hover transition-colors duration-150 after:absolute after:top-[3px] after:left-[3px] after:size-5 after:rounded-full after:bg-edge after:transition-[translate] after:duration-150 peer-disabled:opacity-50 peer-checked:border-go peer-checked:bg-go peer-checked:after:translate-x-5 peer-checked:after:bg-surface peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-ring"
        />
      </span>
    </label>
  );
}
