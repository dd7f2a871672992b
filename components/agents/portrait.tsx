// The avatar of an agent: its first letter on a color that stays the same.
import { cn } from '@/components/ui/cn';

/** Colors with AA contrast to white text. */
const BACKGROUNDS = [
  'bg-[#0b0d11]',
  'bg-[#2250d8]',
  'bg-[#7a3fd0]',
  'bg-[#0a7d4b]',
  'bg-[#9a3412]',
  'bg-[#0f6f83]',
] as const;

interface PortraitProps {
  readonly person: string;
  /** Index in the list; -1 for other agents. */
  readonly place: number;
  readonly dim?: boolean;
  readonly small?: boolean;
}

export function Portrait({ person, place, dim = false, small = false }: PortraitProps) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        'display grid flex-none place-items-center rounded-full text-white ring-1 ring-border transition-[filter] duration-200',
        small ? 'size-10 text-lg' : 'size-13 text-xl',
        BACKGROUNDS.at(place % BACKGROUNDS.length),
        dim && 'grayscale',
      )}
    >
      {person.slice(0, 1)}
    </span>
  );
}
