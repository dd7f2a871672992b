'use client';
// The error page. Details are only in the log.
import { useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { mainMessages } from '@/lib/messages/main';

export default function ErrorPage({ reset }: { readonly reset: () => void }) {
  const { text } = useMessages(mainMessages);
  return (
    <main
      id="main"
      className="mx-auto grid w-full max-w-[68rem] flex-1 content-center px-4 sm:px-7"
    >
      <h1 className="text-balance text-[clamp(2rem,1.2rem+4vw,3.5rem)] leading-tight">
        {text.crash.title}
      </h1>
      <p className="mt-3 max-w-[34rem] text-[17px] text-muted-foreground">{text.crash.body}</p>
      <p className="mt-6">
        <Button variant="primary" onClick={reset} size="lg">
          {text.crash.again}
        </Button>
      </p>
    </main>
  );
}
