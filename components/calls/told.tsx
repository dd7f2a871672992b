// The words beside the picture: what its shapes are, and what is pointed at. A long text is cut here,
// and read where it stands.
import { useMessages } from '@/components/language/language';
import { callMessages } from '@/lib/messages/call';

interface ToldProps {
  readonly words: string;
  readonly onOpen: () => void;
}

export function Told({ words: told, onOpen }: ToldProps) {
  const { callText } = useMessages(callMessages);
  return (
    <>
      <span className="line-clamp-3">{told}</span>
      <button type="button" onClick={onOpen} className="text-soft underline hover:text-ink">
        {callText.talk.open}
      </button>
    </>
  );
}

const SHAPES = [
  ['speaking', 'bg-ink'],
  ['waiting', 'bg-amber'],
  ['wrong', 'bg-stop'],
] as const;

export function Legend() {
  const { callText } = useMessages(callMessages);
  return (
    <ul className="flex flex-wrap gap-x-3">
      {SHAPES.map(([name, ground]) => (
        <li key={name} className="inline-flex items-center gap-1.5">
          <span aria-hidden="true" className={`size-2.5 rounded-[3px] ${ground}`} />
          {callText.talk.legend[name]}
        </li>
      ))}
    </ul>
  );
}
