'use client';
// The end of everything that is kept of a caller: asked for twice. What of it is elsewhere is named.
import { useEffect, useRef, useState } from 'react';
import { asProblem } from '@/components/calls/calls-client';
import { useTexts } from '@/components/language/language';
import { DeleteForGood } from '@/components/ui/delete-for-good';
import { privacyTexts } from '@/lib/text/privacy';
import { type Deleted, removeCaller } from './callers-client';

interface DeleteCallerProps {
  readonly caller: string;
  readonly onGone: (gone: Deleted) => void;
}

export function DeleteCaller({ caller, onGone }: DeleteCallerProps) {
  const { callerText } = useTexts(privacyTexts);
  const { remove: words } = callerText;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const remove = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      onGone(await removeCaller(caller));
    } catch (error) {
      setProblem(asProblem(error).message);
      setBusy(false);
    }
  };
  return (
    <DeleteForGood
      askClass="w-full max-w-[60ch]"
      words={words}
      busy={busy}
      problem={problem}
      onDelete={remove}
    />
  );
}

/** What was deleted, and what the deletion did not reach. */
export function Gone({ gone }: { readonly gone: Deleted }) {
  const { callerText } = useTexts(privacyTexts);
  const { remove: words } = callerText;
  const place = useRef<HTMLDivElement>(null);
  // The button that had the focus is gone.
  useEffect(() => place.current?.focus(), []);
  return (
    <div ref={place} role="status" tabIndex={-1} className="mt-5 text-[15px]">
      <p>{words.done(gone)}</p>
      {gone.notDeleted.length > 0 && (
        <>
          <p className="mt-2">{words.left}</p>
          <ul className="mt-1 list-disc pl-5 text-[14px] text-soft [overflow-wrap:anywhere]">
            {gone.notDeleted.map(({ file, location }) => (
              <li key={file}>{location ?? file}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
