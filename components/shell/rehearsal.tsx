'use client';
// The blue bar of a rehearsal. Whether it shows is an attribute of <html>, set before the first
// paint by a script and kept true from here, so that the page does not jump when it wakes.
import { useEffect } from 'react';
import { useCall } from '@/components/call/call-store';
import { useChoice } from '@/components/call/choice';
import { useMessages } from '@/components/language/language';
import { SETTINGS_KEY } from '@/lib/call/settings';
import { PRODUCTION } from '@/lib/core/deployment';
import { mainMessages } from '@/lib/messages/main';

/** Runs before the first paint: the same rule as `useChoice`, on what the browser has. */
const BEFORE_PAINT = `try{var d=new URLSearchParams(location.search).get('deployment'),s=JSON.parse(localStorage.getItem('${SETTINGS_KEY}')||'{}');if(d?d!=='${PRODUCTION}':s.staging===true)document.documentElement.dataset.rehearsal=''}catch(e){}`;

/** @param nonce of the page's Content-Security-Policy, without which the script would not run */
export function Rehearsal({ nonce }: { readonly nonce: string | undefined }) {
  const { text } = useMessages(mainMessages);
  const chosen = useChoice().deployment;
  const call = useCall();
  const deployment = call.phase === 'live' ? (call.session.asked ?? PRODUCTION) : chosen;
  const on = deployment !== PRODUCTION;
  useEffect(() => {
    document.documentElement.toggleAttribute('data-rehearsal', on);
  }, [on]);
  return (
    <>
      <script
        // Browsers hide the nonce from the page, and so it is not there when the page wakes.
        nonce={typeof window === 'undefined' ? nonce : ''}
        suppressHydrationWarning
        // biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant text, which must run before the paint
        dangerouslySetInnerHTML={{ __html: BEFORE_PAINT }}
      />
      <p
        className="rehearsal-bar bg-rehearsal-ground px-4 py-1.5 text-center text-[14px] font-medium text-rehearsal"
        suppressHydrationWarning
      >
        {text.stagingBanner(on ? deployment : 'staging')}
      </p>
    </>
  );
}
