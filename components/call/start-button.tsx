'use client';
// The button that starts a call, and the line that says what happens with the microphone. As much as possible is prepared
// before the click.
import { Phone } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEmbedded } from '@/components/accounts/visitor';
import { useCall } from '@/components/call/call-store';
import type { Order } from '@/components/call/session/order';
import { expectCall, pressCall, startCall } from '@/components/call/start-call';
import { useSettings } from '@/components/settings/settings-store';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { IntentLink } from '@/components/ui/intent-link';

/** What pages that start calls get from the server. */
export interface StartProps {
  readonly joinTimeoutMs: number;
  /** URL of LiveKit for browsers. */
  readonly serverUrl: string;
  /** Whether agents record the audio of calls. */
  readonly recorded: boolean;
  /** Whether calls may be monitored and callers are told. */
  readonly monitored: boolean;
}

interface StartButtonProps extends Pick<StartProps, 'serverUrl'> {
  readonly order: () => Order;
  readonly className: string;
}

export function StartButton({ order, serverUrl, className }: StartButtonProps) {
  const t = useTranslations('start');
  const dialling = useCall().phase === 'dialling';
  const expect = () => expectCall(serverUrl);
  return (
    // A form: React also runs the action of one that was submitted before the page is interactive.
    <form action={() => void startCall(order())} className="contents">
      <Button
        type="submit"
        variant="primary"
        onPointerEnter={expect}
        onFocus={expect}
        onPointerDown={({ pointerType, button }) => {
          // A finger may be about to scroll.
          if (pointerType === 'mouse' && button === 0) pressCall(order());
        }}
        aria-disabled={dialling}
        className={cn('min-h-14 px-7 text-lg', className)}
      >
        <Phone aria-hidden="true" className="size-5 fill-current stroke-none" />
        {t('button')}
      </Button>
    </form>
  );
}

/** The page that says what is stored of a call. From a frame on another site it opens in a tab of its own. */
export function PrivacyLink({ className }: { readonly className: string }) {
  const t = useTranslations('start');
  const embedded = useEmbedded();
  return (
    <p className={cn('text-sm text-muted-foreground', className)}>
      <IntentLink
        href="/privacy"
        {...(embedded && { target: '_blank', rel: 'noreferrer' })}
        className="rounded-sm underline underline-offset-3"
      >
        {t('privacy')}
      </IntentLink>
    </p>
  );
}

interface StartStatusProps extends Pick<StartProps, 'recorded' | 'monitored'> {
  readonly className: string;
}

export function StartStatus({ recorded, monitored, className }: StartStatusProps) {
  const t = useTranslations('start');
  const { talk } = useSettings();
  const dialling = useCall().phase === 'dialling';
  return (
    <p role="status" className={cn('mt-4 text-sm text-muted-foreground', className)}>
      {dialling
        ? t('dialling')
        : `${t(`microphone.${talk}`)} ${t('fine', { recorded: String(recorded), monitored: String(monitored) })}`}
    </p>
  );
}
