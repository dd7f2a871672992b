// The caller's place in line: a number that is read at a glance, and the same in words. It keeps its
// size while the place changes.
import { useMessages } from '@/components/language/language';
import { mainMessages } from '@/lib/messages/main';

interface InLineProps {
  /** From 1, who is next. */
  readonly place: number;
  readonly person: string;
}

export function InLine({ place, person }: InLineProps) {
  const { text } = useMessages(mainMessages);
  return (
    <section
      aria-label={text.queue.label}
      data-notice=""
      className="mt-4 flex w-full max-w-[34rem] animate-arrive items-center gap-4 rounded-mid border border-line border-l-4 border-l-amber bg-surface p-4 text-left"
    >
      <p aria-hidden="true" className="min-w-16 flex-none text-center">
        <span className="num display block text-[40px] text-amber leading-none">{place}</span>
        <span className="text-[13px] text-soft">{text.queue.unit}</span>
      </p>
      <div className="min-w-0 text-[14px] leading-relaxed">
        <p aria-live="polite" className="font-semibold text-[15px]">
          {text.queue.before(place)}
        </p>
        <p className="text-soft">{text.queue.body(person)}</p>
      </div>
    </section>
  );
}
