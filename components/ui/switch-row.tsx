'use client';
// A switch with a label and a description. The whole row can be clicked.
import { type ReactNode, useId } from 'react';
import { Switch } from '@/components/ui/switch';

interface SwitchRowProps {
  readonly label: string;
  readonly hint: ReactNode;
  readonly on: boolean;
  /** Set while it cannot be changed. */
  readonly disabled?: boolean;
  readonly onChange: (on: boolean) => void;
}

export function SwitchRow({ label, hint, on, disabled, onChange }: SwitchRowProps) {
  const id = useId();
  return (
    <label htmlFor={id} className="flex items-center justify-between gap-5 p-4 sm:px-5">
      <span className="min-w-0">
        <span className="block break-words font-semibold text-base">{label}</span>
        <span id={`${id}-hint`} className="block text-sm text-muted-foreground">
          {hint}
        </span>
      </span>
      <Switch
        id={id}
        aria-label={label}
        aria-describedby={`${id}-hint`}
        checked={on}
        disabled={disabled}
        onCheckedChange={onChange}
      />
    </label>
  );
}
