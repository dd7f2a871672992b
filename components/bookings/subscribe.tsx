'use client';
// The diary in a calendar program. Where people sign in, by a private address of one's own, since such programs
// cannot: shown once when it is made, made anew, or taken back.
import { CalendarPlus } from 'lucide-react';
import { useState } from 'react';
import { CopyLine } from '@/components/accounts/copy-line';
import { useVisitor } from '@/components/accounts/visitor';
import { asProblem } from '@/components/calls/calls-client';
import { When } from '@/components/calls/when';
import { useTexts } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { useAwake } from '@/components/ui/use-awake';
import type { CalendarAddress } from '@/lib/accounts/calendar-key';
import { bookingsTexts } from '@/lib/text/bookings';
import { feedHref, makeAddress, removeAddress } from './bookings-client';

interface SubscribeProps {
  /** The deployment whose diary is shown. */
  readonly diary: string;
  /** The address that this person had when the page was made. */
  readonly address: CalendarAddress | undefined;
}

export function Subscribe({ diary, address }: SubscribeProps) {
  const { bookingsText } = useTexts(bookingsTexts);
  const { subscribe: words } = bookingsText;
  const { signedIn } = useVisitor();
  if (signedIn) return <PrivateAddress diary={diary} address={address} />;
  return (
    <p className="max-w-[34rem] pt-1 text-[14px] text-soft">
      <a
        href={feedHref(diary)}
        className="mr-2 inline-flex min-h-11 items-center gap-2 font-medium text-ink underline underline-offset-3"
      >
        <CalendarPlus aria-hidden="true" className="size-[18px]" />
        {words.link}
      </a>
      <span className="block">{words.hint(diary)}</span>
    </p>
  );
}

function PrivateAddress({ diary, address }: SubscribeProps) {
  const { bookingsText } = useTexts(bookingsTexts);
  const { subscribe: words } = bookingsText;
  const [known, setKnown] = useState(address);
  const [key, setKey] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<void>) => {
    // Pressed twice, it would be two addresses, of which one is seen.
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(asProblem(error).message);
    }
    setBusy(false);
  };
  const make = () =>
    run(async () => {
      setKey(await makeAddress());
      setKnown({ made_at: new Date().toISOString(), used_at: undefined });
    });
  const remove = () =>
    run(async () => {
      await removeAddress();
      setKey(undefined);
      setKnown(undefined);
    });
  return (
    <section aria-labelledby="subscribe" className="max-w-[34rem] pt-1 text-[14px] text-soft">
      <h3 id="subscribe" className="flex items-center gap-2 font-medium text-[15px] text-ink">
        <CalendarPlus aria-hidden="true" className="size-[18px]" />
        {words.link}
      </h3>
      <p className="pt-1">{words.private(diary)}</p>
      {known && !key && (
        <p className="pt-1">
          <span className="block">
            {words.made} <When at={Date.parse(known.made_at)} />
          </span>
          <span className="block">
            {known.used_at ? words.used : words.unused}{' '}
            {known.used_at && <When at={Date.parse(known.used_at)} />}
          </span>
        </p>
      )}
      {key && (
        <div className="pt-3">
          <CopyLine label={words.once} value={window.location.origin + feedHref(diary, key)} />
        </div>
      )}
      <fieldset disabled={!useAwake()} className="flex min-w-0 flex-wrap gap-2 pt-3">
        <Button aria-disabled={busy} onClick={() => void make()}>
          {known ? words.renew : words.make}
        </Button>
        {known && (
          <Button aria-disabled={busy} onClick={() => void remove()}>
            {words.remove}
          </Button>
        )}
      </fieldset>
      {problem && <Notice tone="stop" urgent title={problem} />}
    </section>
  );
}
