'use client';
// A setting with a few choices, as radio buttons in a row.
import { cn } from '@/components/ui/cn';

interface ChoicesProps<T extends string> {
  /** Name of the radio buttons, and prefix of their ids. */
  readonly name: string;
  readonly label: string;
  /** Shown below the label. Without it, label and choices are in one row. */
  readonly hint?: string;
  readonly choices: readonly {
    readonly value: T;
    readonly label: string;
    readonly lang?: string;
  }[];
  /** Undefined until it is known. */
  readonly chosen: T | undefined;
  readonly onChoose: (value: T) => void;
  /** Whether the labels are so long that they stack on small screens. */
  readonly long?: boolean;
}

export function Choices<T extends string>(props: ChoicesProps<T>) {
  const { name, label, hint, choices, chosen, onChoose, long = false } = props;
  const hintId = `${name}-hint`;
  return (
    <fieldset aria-describedby={hint && hintId} className="p-4 sm:px-5">
      <legend
        className={cn('float-left font-semibold text-[16px]', hint ? 'w-full' : 'pr-5 leading-11')}
      >
        {label}
      </legend>
      {hint && (
        <p id={hintId} className="text-[14px] text-soft">
          {hint}
        </p>
      )}
      <div
        className={cn(
          'flex flex-wrap rounded-mid border border-line bg-bg p-1',
          hint ? 'mt-3' : 'ml-auto',
          long ? 'gap-1 sm:w-fit' : 'w-fit',
        )}
      >
        {choices.map((one) => (
          <label
            key={one.value}
            lang={one.lang}
            className={cn(
              'relative rounded-small px-3.5 py-1.5 font-medium text-[15px] has-focus-visible:outline-2 has-focus-visible:outline-ink',
              long && 'max-sm:w-full',
              chosen === one.value ? 'bg-raised text-ink shadow-sm ring-1 ring-line' : 'text-soft',
            )}
          >
            <input
              type="radio"
              name={name}
              value={one.value}
              checked={chosen === one.value}
              onChange={() => onChoose(one.value)}
              className="absolute inset-0 size-full opacity-0"
            />
            {one.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
