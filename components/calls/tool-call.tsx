// A tool call: one line, which expands to arguments and result.
import { ChevronDown } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useCatalogue } from '@/components/language/catalogue';
import { cn } from '@/components/ui/cn';
import { type Field, fieldsOf } from '@/lib/call/tool-fields';
import { duration } from '@/lib/core/figures';

interface ToolCallProps {
  /** What the tool did, or its name. */
  readonly label: string;
  /** Duration in milliseconds; undefined if it is not shown. */
  readonly ms: number | undefined;
  /** JSON or text; undefined if the agent does not send it. */
  readonly args?: string | undefined;
  readonly result?: string | undefined;
  readonly failed?: boolean | undefined;
}

export function ToolCall({ label, ms, args = '', result = '', failed }: ToolCallProps) {
  const t = useTranslations('toolCall');
  const locale = useLocale();
  const { reported } = useCatalogue();
  const parts = [
    { title: t('args'), fields: fieldsOf(args) },
    { title: t('result'), fields: fieldsOf(result) },
  ].filter(({ fields }) => fields.length > 0);
  const head = (
    <>
      <span className={cn('min-w-0 flex-1 [overflow-wrap:anywhere]', failed && 'text-stop-ink')}>
        {reported(label)}
        {failed && ` · ${t('failed')}`}
      </span>
      {ms !== undefined && <span className="num flex-none text-sm">{duration(ms, locale)}</span>}
    </>
  );
  const box = 'rounded-sm border border-input border-dashed text-sm text-muted-foreground';
  const row = 'flex min-h-9 items-center gap-3 px-3 py-1';
  if (parts.length === 0) return <div className={cn(box, row)}>{head}</div>;
  return (
    <details className={cn(box, 'group')}>
      <summary
        className={cn(
          row,
          'cursor-pointer list-none rounded-sm hover:text-foreground [&::-webkit-details-marker]:hidden',
        )}
      >
        {head}
        <ChevronDown
          aria-hidden="true"
          className="size-4 flex-none transition-transform duration-150 group-open:rotate-180"
        />
      </summary>
      <div className="grid gap-2 px-3 pt-0.5 pb-2.5 text-sm">
        {parts.map((part) => (
          <Fields key={part.title} {...part} />
        ))}
      </div>
    </details>
  );
}

interface FieldsProps {
  readonly title: string;
  readonly fields: readonly Field[];
}

function Fields({ title, fields }: FieldsProps) {
  const { reported } = useCatalogue();
  const value = 'whitespace-pre-wrap text-foreground [overflow-wrap:anywhere]';
  return (
    <div>
      <p className="font-semibold">{title}</p>
      {fields.map((field) =>
        field.name === '' ? (
          <p key={field.value} className={value}>
            {field.value}
          </p>
        ) : (
          <p key={field.name} className={value}>
            <span className="text-muted-foreground">{reported(field.name)}:</span>{' '}
            {reported(field.value)}
          </p>
        ),
      )}
    </div>
  );
}
