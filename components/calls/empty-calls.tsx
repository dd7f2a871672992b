// Nothing to show, and what to do about it.
import { Phone } from 'lucide-react';
import Link from 'next/link';
import { useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { inUse, NO_FILTER, type PageFilter } from '@/lib/calls/view/page-filter';
import { callsMessages } from '@/lib/messages/calls';

interface EmptyCallsProps {
  readonly filter: PageFilter;
  readonly onChange: (filter: PageFilter) => void;
}

export function EmptyCalls({ filter, onChange }: EmptyCallsProps) {
  const { callsText } = useMessages(callsMessages);
  const by = inUse(filter).filter((name) => name !== 'from' && name !== 'to');
  if (by.length === 0) {
    return (
      <div className="p-5 sm:p-8">
        <h3 className="font-semibold text-[17px]">{callsText.empty.title}</h3>
        <p className="mt-1 max-w-[34rem] text-[15px] text-soft leading-relaxed">
          {callsText.empty.body}
        </p>
        <p className="mt-4">
          <Link
            href="/"
            className="inline-flex min-h-11 items-center gap-2 rounded-mid bg-cue px-4 font-semibold text-[15px] text-cue-ink hover:bg-cue-hover"
          >
            <Phone aria-hidden="true" className="size-4 fill-current stroke-none" />
            {callsText.empty.start}
          </Link>
        </p>
        <p className="mt-4 max-w-[34rem] text-[14px] text-soft">{callsText.empty.api}</p>
      </div>
    );
  }
  return (
    <div className="p-5 sm:p-8">
      <h3 className="font-semibold text-[17px]">{callsText.nothing.title}</h3>
      <p className="mt-1 max-w-[34rem] text-[15px] text-soft leading-relaxed">
        {callsText.nothing.body(by.map((name) => callsText.filter[name].toLowerCase()))}
        {filter.text && ` ${callsText.nothing.words}`}
      </p>
      <p className="mt-4">
        <Button onClick={() => onChange(NO_FILTER)}>{callsText.nothing.all}</Button>
      </p>
    </div>
  );
}
