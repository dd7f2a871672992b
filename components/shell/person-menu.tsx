'use client';
// The person's menu in the header: who is signed in, staging, settings, account, and signing in or out.
import { CircleUser, LogOut, Settings, UserRound } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { usePermission, useVisitor } from '@/components/accounts/visitor';
import { chooseStaging } from '@/components/settings/choice';
import { useSettings } from '@/components/settings/settings-store';
import { isWithin } from '@/components/shell/navigation';
import { cn } from '@/components/ui/cn';
import { request } from '@/components/ui/request';
import { SwitchRow } from '@/components/ui/switch-row';
import { useDismiss } from '@/components/ui/use-dismiss';

/** If the server does not respond, the next page shows that. It is loaded anew, so that nothing of the account is left. */
const signOut = () =>
  void request('/api/auth/sign-out', { body: {} })
    .catch(() => undefined)
    .then(() => window.location.assign('/sign-in'));

const ROW =
  'flex min-h-11 w-full items-center gap-2.5 px-4 text-left font-medium text-base hover:bg-accent focus-visible:-outline-offset-2';

/** Closes the menu on another page, on a click elsewhere, and when the focus leaves it. */
function useMenu() {
  const [isOpen, setOpen] = useState(false);
  const path = usePathname();
  const [openedOn, setOpenedOn] = useState(path);
  const button = useRef<HTMLButtonElement>(null);
  const shown = isOpen && openedOn === path;
  const close = () => setOpen(false);
  const frame = useDismiss(shown, close);
  return {
    shown,
    button,
    toggle: () => {
      setOpenedOn(path);
      setOpen(!shown);
    },
    close,
    frame: {
      ...frame,
      onKeyDown: ({ key }: KeyboardEvent) => {
        if (key !== 'Escape' || !shown) return;
        close();
        button.current?.focus();
      },
    },
  };
}

function Staging() {
  const t = useTranslations('shell.menu');
  const { staging } = useSettings();
  return (
    <SwitchRow label={t('staging')} hint={t('stagingHint')} on={staging} onChange={chooseStaging} />
  );
}

export function PersonMenu({ className }: { readonly className?: string | undefined }) {
  const t = useTranslations('shell.menu');
  const id = useId();
  const { signedIn } = useVisitor();
  const mayDispatch = usePermission('dispatch');
  const path = usePathname();
  const { shown, button, toggle, close, frame } = useMenu();
  const links = [
    { href: '/settings', Icon: Settings, name: 'settings' },
    ...(signedIn ? [{ href: '/account', Icon: UserRound, name: 'account' } as const] : []),
  ] as const;
  return (
    <div {...frame} className={cn('relative flex-none', className)}>
      <button
        ref={button}
        type="button"
        aria-expanded={shown}
        aria-controls={id}
        aria-label={signedIn ? t('labelOf', { name: signedIn.name }) : t('label')}
        title={signedIn ? t('labelOf', { name: signedIn.name }) : t('label')}
        onClick={toggle}
        className={cn(
          'inline-flex min-h-11 min-w-11 items-center justify-center gap-2 rounded-sm px-2 font-medium text-base hover:bg-accent',
          links.some(({ href }) => isWithin(path, href)) && 'bg-accent',
        )}
      >
        <CircleUser aria-hidden="true" className="size-[22px] flex-none" />
        {signedIn && <span className="max-w-32 truncate max-xl:sr-only">{signedIn.name}</span>}
      </button>
      <div
        id={id}
        hidden={!shown}
        className="absolute top-full right-0 z-40 mt-1 w-[min(20rem,calc(100vw-2rem))] divide-y divide-border overflow-hidden rounded-md border border-border bg-popover shadow-board"
      >
        <p className="px-4 py-3">
          <span className="block truncate font-semibold text-base">
            {signedIn ? signedIn.name : t('nobody')}
          </span>
          <span className="block text-muted-foreground text-sm">
            {signedIn ? t(`roles.${signedIn.role}`) : t('nobodyHint')}
          </span>
        </p>
        {mayDispatch && <Staging />}
        <ul>
          {links.map(({ href, Icon, name }) => (
            <li key={href}>
              <Link
                href={href}
                aria-current={path === href ? 'page' : undefined}
                onClick={close}
                className={ROW}
              >
                <Icon aria-hidden="true" className="size-[18px] flex-none" />
                {t(name)}
              </Link>
            </li>
          ))}
          {signedIn && (
            <li>
              <button type="button" onClick={signOut} className={ROW}>
                <LogOut aria-hidden="true" className="size-[18px] flex-none" />
                {t('signOut')}
              </button>
            </li>
          )}
        </ul>
      </div>
    </div>
  );
}
