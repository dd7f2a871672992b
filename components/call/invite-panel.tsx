'use client';
// An invitation link for a colleague, to copy or share, with its expiry and what the agent will do. A new link is
// created each time the panel opens.
import { Copy, Share2, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useMessages } from '@/components/language/language';
import { useSettings } from '@/components/settings/settings-store';
import { Button } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import { mainMessages } from '@/lib/messages/main';
import type { CallSession } from './call-session';
import type { CallSnapshot } from './call-snapshot';
import type { InvitationLink } from './requests';

interface InvitePanelProps {
  readonly id: string;
  readonly session: CallSession;
  readonly call: CallSnapshot;
  readonly onClose: () => void;
}

type Made = { readonly state: 'making' } | { readonly state: 'failed'; readonly why: string };

const canShare = () => typeof navigator.share === 'function';

export function InvitePanel({ id, session, call, onClose }: InvitePanelProps) {
  const { text } = useMessages(mainMessages);
  const { takeover } = useSettings();
  const agent = call.agent?.person;
  const [made, setMade] = useState<InvitationLink | Made>({ state: 'making' });
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const panel = useRef<HTMLElement>(null);

  const make = () => {
    setMade({ state: 'making' });
    session
      .invite(takeover)
      .then(setMade, (error: Error) => setMade({ state: 'failed', why: error.message }));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as the panel opens
  useEffect(() => {
    panel.current?.focus();
    make();
  }, []);

  // Somebody has joined, so the link is used.
  const before = useRef(call.people);
  const came = call.people > before.current;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when somebody comes
  useEffect(() => {
    if (came) onClose();
  }, [came]);

  const copy = (url: string) =>
    (navigator.clipboard?.writeText(url) ?? Promise.reject()).then(
      () => setCopied('yes'),
      () => setCopied('failed'),
    );
  // Closing the share sheet is not an error.
  const share = (url: string) =>
    void navigator.share({ title: text.brand, text: text.invite.shareText, url }).catch(() => {});

  return (
    <section
      id={id}
      ref={panel}
      tabIndex={-1}
      data-notice=""
      aria-label={text.invite.title}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
      className="mt-2 min-h-0 w-[26rem] max-w-full animate-arrive overflow-y-auto rounded-large border border-line bg-surface p-3 text-[14px] shadow-board lg:p-4"
    >
      <div className="flex items-center justify-between gap-3">
        <h2 className="font-sans font-semibold text-[15px] tracking-normal">{text.invite.title}</h2>
        <Button
          aria-label={text.invite.close}
          onClick={onClose}
          className="-my-2.5 -mr-2 min-w-11 border-transparent bg-transparent px-0"
        >
          <X aria-hidden="true" className="size-5" />
        </Button>
      </div>
      {'url' in made ? (
        <>
          <input
            readOnly
            aria-label={text.invite.link}
            value={made.url}
            onFocus={(event) => event.target.select()}
            className="num mt-2 min-h-11 w-full truncate rounded-mid border border-edge bg-raised px-3 text-[13px] text-ink"
          />
          <p className="mt-2 text-soft">
            {text.invite.valid} <LocalTime at={made.expires_at} />.{' '}
            {agent && text.invite.takeover[takeover](agent)}
          </p>
          <div className="mt-3 flex flex-wrap items-center gap-2">
            <Button variant="secondary" onClick={() => void copy(made.url)}>
              <Copy aria-hidden="true" className="size-4" />
              <span aria-live="polite">
                {copied === 'yes' ? text.invite.copied : text.invite.copy}
              </span>
            </Button>
            {canShare() && (
              <Button onClick={() => share(made.url)}>
                <Share2 aria-hidden="true" className="size-4" />
                {text.invite.share}
              </Button>
            )}
          </div>
          {copied === 'failed' && (
            <p role="alert" className="mt-2 text-stop-ink">
              {text.invite.copyFailed}
            </p>
          )}
        </>
      ) : made.state === 'making' ? (
        <p className="mt-2 text-soft">{text.invite.making}</p>
      ) : (
        <div role="alert" className="mt-2">
          <p className="text-stop-ink">
            {text.invite.failed} {made.why}
          </p>
          <Button className="mt-3" onClick={make}>
            {text.invite.again}
          </Button>
        </div>
      )}
    </section>
  );
}
