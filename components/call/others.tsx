// Who else is in the call beside whom the stage is about, and which of them is speaking right now.
import { useMessages } from '@/components/language/language';
import { cn } from '@/components/ui/cn';
import type { Cast } from '@/lib/call/present';
import { mainMessages } from '@/lib/messages/main';

export function Others({ others }: Pick<Cast, 'others'>) {
  const { text } = useMessages(mainMessages);
  if (others.length === 0) return null;
  return (
    <ul
      aria-label={text.people.others}
      className="mt-2 flex max-w-full flex-wrap justify-center gap-2"
    >
      {others.map(({ identity, name, role, speaking }) => (
        <li
          key={identity}
          className="inline-flex h-7 max-w-full items-center gap-2 rounded-full border border-line bg-surface px-2.5 text-[13px]"
        >
          <span className={cn('lamp', speaking ? 'text-go' : 'text-edge')} aria-hidden="true" />
          <span className="truncate">
            <span className="font-semibold">{name}</span>
            {role && <span className="text-soft"> · {role}</span>}
          </span>
          {speaking && <span className="flex-none text-go">{text.people.speaking}</span>}
        </li>
      ))}
    </ul>
  );
}
