'use client';
// Form fields with label, hint and error, all accessible to screen readers.
import { Check } from 'lucide-react';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { cn } from '@/components/ui/cn';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import { NativeSelect } from '@/components/ui/native-select';

/** Props for the control of a field. */
interface Described {
  readonly id: string;
  readonly 'aria-invalid': true | undefined;
  readonly 'aria-describedby': string | undefined;
}

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  /** What is wrong, as the continuation of a sentence that starts with the label. */
  readonly error?: string | undefined;
  /** Hides the label visually. */
  readonly labelHidden?: boolean;
  readonly className?: string;
  readonly children: (described: Described) => ReactNode;
}

/** An error as a sentence that starts with the label. One that starts with a capital letter is a sentence by itself. */
const sentence = (label: string, error: string): string =>
  /^[A-Z]/.test(error) ? `${error}.` : `${label} ${error}.`;

/** A label with its control. */
export function Field({ label, hint, error, labelHidden, className, children }: FieldProps) {
  const id = useId();
  const parts = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={cn('min-w-0', className)}>
      <Label htmlFor={id} className={labelHidden ? 'sr-only' : 'block pb-1.5'}>
        {label}
      </Label>
      {children({
        id,
        'aria-invalid': error === undefined ? undefined : true,
        'aria-describedby': parts || undefined,
      })}
      {hint && (
        <p id={`${id}-hint`} className="pt-1.5 text-sm text-muted-foreground">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="pt-1.5 text-sm text-stop-ink">
          {sentence(label, error)}
        </p>
      )}
    </div>
  );
}

type Labelled = Omit<FieldProps, 'children'>;

interface TextFieldProps extends Labelled {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** In a monospaced font. */
  readonly code?: boolean;
  readonly placeholder?: string;
  readonly type?: 'text' | 'email' | 'password' | 'tel';
  /** For autofill and password managers; off by default. */
  readonly autoComplete?: string;
}

/** A text input. */
export function TextField({
  value,
  onChange,
  code,
  placeholder,
  type = 'text',
  autoComplete = 'off',
  ...field
}: TextFieldProps) {
  return (
    <Field {...field}>
      {(described) => (
        <Input
          {...described}
          type={type}
          autoComplete={autoComplete}
          autoCapitalize="off"
          spellCheck={!code}
          placeholder={placeholder}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={code ? 'font-mono' : undefined}
        />
      )}
    </Field>
  );
}

interface SelectFieldProps extends Labelled {
  readonly value: string;
  /** Values that are their own labels, or with a label. */
  readonly options: readonly (string | { readonly value: string; readonly label: string })[];
  readonly onChange: (value: string) => void;
}

/** A select. */
export function SelectField({ value, options, onChange, ...field }: SelectFieldProps) {
  return (
    <Field {...field}>
      {(described) => (
        <NativeSelect
          {...described}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          {options
            .map((option) =>
              typeof option === 'string' ? { value: option, label: option } : option,
            )
            .map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
        </NativeSelect>
      )}
    </Field>
  );
}

interface GroupProps {
  readonly title: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly small?: boolean;
  readonly children: ReactNode;
}

/** A group of fields. */
export function FieldGroup({ title, hint, error, small, children }: GroupProps) {
  const id = useId();
  return (
    <fieldset aria-describedby={hint || error ? id : undefined} className="min-w-0">
      <legend className={cn('font-semibold', small ? 'text-base' : 'display text-lg')}>
        {title}
      </legend>
      {(hint || error) && (
        <p id={id} className="pt-0.5 text-sm text-muted-foreground">
          {hint}
          {error && <span className="block text-stop-ink">{sentence(title, error)}</span>}
        </p>
      )}
      <div className={cn('grid', small ? 'gap-2 pt-2' : 'gap-4 pt-3')}>{children}</div>
    </fieldset>
  );
}

interface ChoiceProps extends Omit<ComponentProps<'input'>, 'className'> {
  readonly type: 'radio' | 'checkbox';
  readonly label: string;
}

/** A radio button or checkbox that looks like a toggle. */
export function Choice({ label, ...input }: ChoiceProps) {
  return (
    <label
      className={cn(
        'relative inline-flex min-h-11 items-center gap-2 rounded-md border px-3.5 font-medium text-base transition-colors duration-150 has-focus-visible:outline-2 has-focus-visible:outline-ring has-focus-visible:outline-offset-2',
        input.checked
          ? 'border-foreground bg-foreground text-card'
          : 'border-input bg-popover text-foreground',
      )}
    >
      <input {...input} className="absolute inset-0 size-full opacity-0" />
      <span
        aria-hidden="true"
        className={cn(
          'grid size-4 flex-none place-items-center border-2 border-current',
          input.type === 'radio' ? 'rounded-full' : 'rounded-[4px]',
        )}
      >
        {input.checked &&
          (input.type === 'radio' ? (
            <span className="size-1.5 rounded-full bg-current" />
          ) : (
            <Check className="size-3" strokeWidth={4} />
          ))}
      </span>
      {label}
    </label>
  );
}
