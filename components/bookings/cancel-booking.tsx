'use client';
// Cancels an appointment by hand: asked for twice, since somebody counts on it.
import { useState } from 'react';
import { asProblem } from '@/components/calls/calls-client';
import { useTexts } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { useAskedTwice } from '@/components/ui/use-asked-twice';
import type { Booking } from '@/lib/bookings/booking';
import { bookingsTexts } from '@/lib/text/bookings';
import { cancelBooking } from './bookings-client';

interface CancelBookingProps {
  readonly booking: Booking;
  /** It is cancelled, or somebody else has changed it: the page looks again. */
  readonly onDone: () => void;
}

export function CancelBooking({ booking, onDone }: CancelBookingProps) {
  const { bookingsText } = useTexts(bookingsTexts);
  const { cancel: words } = bookingsText;
  const { asking, ask, button, keep } = useAskedTwice();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const cancel = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await cancelBooking(booking.id);
      onDone();
    } catch (error) {
      setProblem(asProblem(error).message);
      setBusy(false);
    }
  };
  if (!asking) {
    return (
      <button
        ref={button}
        type="button"
        aria-label={words.buttonOf(booking.name)}
        onClick={() => ask(true)}
        className="inline-flex min-h-9 items-center rounded-small px-1 font-medium text-[14px] text-soft underline underline-offset-3 hover:text-ink"
      >
        {words.button}
      </button>
    );
  }
  return (
    <fieldset className="mt-1 flex w-full flex-wrap items-center gap-2">
      <legend className="pb-1.5 text-[14px]">{words.ask}</legend>
      <Button look="stop" aria-disabled={busy} onClick={cancel}>
        {busy ? words.busy : words.yes}
      </Button>
      <Button ref={keep} onClick={() => ask(false)}>
        {words.no}
      </Button>
      {problem && (
        <p role="alert" className="w-full text-[14px] text-stop-ink">
          {words.failed}: {problem}
        </p>
      )}
    </fieldset>
  );
}
