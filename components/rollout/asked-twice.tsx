// A button of much consequence: it says what follows, and wants to be pressed once more.
import { Button, type ButtonProps } from '@/components/ui/button';
import { useAskedTwice } from '@/components/ui/use-asked-twice';

interface AskedTwiceProps {
  readonly words: {
    readonly button: string;
    readonly ask: string;
    readonly yes: string;
    readonly no: string;
  };
  /** Of the button that does it. */
  readonly look: ButtonProps['look'];
  readonly busy: boolean;
  readonly onYes: () => void;
}

export function AskedTwice({ words, look, busy, onYes }: AskedTwiceProps) {
  const { asking, ask, button, keep } = useAskedTwice();
  if (!asking) {
    return (
      <Button ref={button} onClick={() => ask(true)}>
        {words.button}
      </Button>
    );
  }
  const yes = () => {
    ask(false);
    onYes();
  };
  return (
    <div className="flex flex-wrap items-center gap-2 max-sm:w-full">
      <span className="text-[15px]">{words.ask}</span>
      <Button look={look} aria-disabled={busy} onClick={yes}>
        {words.yes}
      </Button>
      <Button ref={keep} onClick={() => ask(false)}>
        {words.no}
      </Button>
    </div>
  );
}
