// shadcn's NativeSelect in our look: the browser's own select, which phones show best.
import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from '@/components/ui/cn';
import { INPUT_CLASS } from '@/components/ui/input';

export function NativeSelect({ className, ...rest }: ComponentProps<'select'>) {
  return (
    <span data-slot="native-select-wrapper" className="relative block">
      <select
        data-slot="native-select"
        className={cn(INPUT_CLASS, 'appearance-none truncate pr-10', className)}
        {...rest}
      />
      <ChevronDown
        aria-hidden="true"
        data-slot="native-select-icon"
        className="pointer-events-none absolute top-3 right-3 size-5"
      />
    </span>
  );
}
