'use client';
// shadcn's Switch in our look. It consists of the parts of Radix's switch instead of `Switch.Root`, which adds a hidden
// checkbox for native forms: its inline style in server-rendered HTML violates the Content-Security-Policy.
import * as SwitchPrimitive from '@radix-ui/react-switch';
import type { ComponentProps } from 'react';
import { cn } from '@/components/ui/cn';

type SwitchProps = Omit<
  ComponentProps<typeof SwitchPrimitive.Root>,
  'form' | 'name' | 'required' | 'value'
>;

export function Switch({
  checked,
  defaultChecked,
  disabled,
  onCheckedChange,
  className,
  ...rest
}: SwitchProps) {
  return (
    <SwitchPrimitive.unstable_Provider
      checked={checked}
      defaultChecked={defaultChecked}
      disabled={disabled}
      onCheckedChange={onCheckedChange}
    >
      <SwitchPrimitive.unstable_Trigger
        data-slot="switch"
        className={cn(
          'inline-flex h-7 w-12 flex-none items-center rounded-full border border-input bg-accent p-[3px] transition-colors duration-150 disabled:opacity-50 data-[state=checked]:border-go data-[state=checked]:bg-go',
          className,
        )}
        {...rest}
      >
        <SwitchPrimitive.Thumb
          data-slot="switch-thumb"
          className="pointer-events-none block size-5 rounded-full bg-input transition-[translate] duration-150 data-[state=checked]:translate-x-5 data-[state=checked]:bg-card"
        />
      </SwitchPrimitive.unstable_Trigger>
    </SwitchPrimitive.unstable_Provider>
  );
}
