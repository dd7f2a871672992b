'use client';
// The header of all pages: brand, navigation, and the current call or the number of available agents.
import { Bot, History, type LucideIcon, Phone, ShieldUser, Stethoscope } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { appConfig } from '@/app-config';
import { useEmbedded, useGuest, useVisitor } from '@/components/accounts/visitor';
import { lightOf, useAgents } from '@/components/agents/agents-store';
import { useOpenCall } from '@/components/call/call-store';
import { homeOf } from '@/components/call/session/order';
import { useChoice } from '@/components/settings/choice';
import { entriesFor, isWithin, MAIN } from '@/components/shell/navigation';
import { PersonMenu } from '@/components/shell/person-menu';
import { Chip } from '@/components/ui/chip';
import { cn } from '@/components/ui/cn';
import { IntentLink } from '@/components/ui/intent-link';
import { shownAgents } from '@/lib/core/app-config';
import { PRODUCTION } from '@/lib/core/deployment';

/** The number of agents that are on, on the selected deployment; nothing until it is known of any. */
function AgentsOnline() {
  const t = useTranslations('shell');
  const known = useAgents();
  const { deployment } = useChoice();
  if (known.state !== 'known') return null;
  const lights = shownAgents(known.agents).map(({ name }) => lightOf(known, name, deployment));
  const count = lights.filter((light) => light === 'live' || light === 'busy').length;
  if (count === 0 && lights.includes('unreported')) return null;
  return (
    <Chip tone={count > 0 ? 'go' : 'off'} className="max-lg:hidden">
      {t('agentsOn', { count })}
    </Chip>
  );
}

/** The configured logo, or Callboard's: the same as app/icon.svg. */
function Logo() {
  const { companyName = '', logo, logoDark = logo } = appConfig;
  if (logo) {
    const image = 'h-7 max-w-32 object-contain object-left';
    return (
      <>
        {/* biome-ignore lint/performance/noImgElement: a small file of this server, often an SVG */}
        <img src={logo} alt={companyName} className={cn(image, 'dark:hidden')} />
        {/* biome-ignore lint/performance/noImgElement: the same */}
        <img src={logoDark} alt={companyName} className={cn(image, 'hidden dark:block')} />
      </>
    );
  }
  return (
    <svg viewBox="0 0 32 32" className="size-7" aria-hidden="true" focusable="false">
      <circle cx="16" cy="16" r="15" fill="#07090c" stroke="#3b4350" strokeWidth="1" />
      <circle cx="16" cy="16" r="8.5" fill="#12c67a" />
      <circle cx="16" cy="16" r="8.5" fill="none" stroke="#8ff0c4" strokeOpacity="0.55" />
      <circle cx="13" cy="12.8" r="2.1" fill="#e4fff2" />
    </svg>
  );
}

/**
 * The banner for calls on staging. `before-paint.ts` sets an attribute of <html>, and the component keeps it up to date, so
 * that the layout does not shift on hydration.
 */
function StagingBanner() {
  const t = useTranslations('shell');
  const chosen = useChoice().deployment;
  const path = usePathname();
  const call = useOpenCall();
  // The start page shows any call.
  const shown = call && ['/', homeOf(call.session.order)].includes(path) ? call : undefined;
  const deployment = shown ? (shown.session.deployment ?? PRODUCTION) : chosen;
  const on = deployment !== PRODUCTION;
  useEffect(() => {
    document.documentElement.toggleAttribute('data-staging', on);
  }, [on]);
  return (
    <p
      className="staging-bar bg-staging-ground px-4 py-1.5 text-center text-sm font-medium text-staging"
      suppressHydrationWarning
    >
      {t(shown ? 'banner.call' : 'banner.next', { deployment: on ? deployment : 'staging' })}{' '}
      {!shown && path !== '/settings' && (
        <IntentLink href="/settings" className="rounded-sm underline underline-offset-3">
          {t('banner.change')}
        </IntentLink>
      )}
    </p>
  );
}

/** In the place of labels: below 640 px for the last two, on the narrowest phones for all. */
const ICONS: Readonly<Record<(typeof MAIN)[number]['name'], LucideIcon>> = {
  call: Phone,
  calls: History,
  agents: Bot,
  doctor: Stethoscope,
  admin: ShieldUser,
};
const RARE: readonly string[] = ['doctor', 'admin'];

export function Header() {
  const t = useTranslations('shell');
  const path = usePathname();
  const call = useOpenCall();
  const embedded = useEmbedded();
  const live = call !== undefined;
  const visitor = useVisitor();
  const { rights, anonymous } = visitor;
  const guest = useGuest();
  const pages = entriesFor(MAIN, visitor);
  // The start page shows any call.
  const home = call ? homeOf(call.session.order) : '/';
  const awayFrom = path === '/' || path === home ? undefined : home;
  // An embedded frame has no navigation.
  if (embedded) return null;
  const brand = 'flex items-center gap-2.5 rounded-sm';
  const name = (
    <>
      <Logo />
      <span
        className={cn(
          'display text-lg min-[480px]:text-xl',
          // On phones, the links need the width, and during a call its state does.
          !guest && (live ? 'max-[379px]:sr-only' : 'max-md:sr-only'),
        )}
      >
        {appConfig.productName}
      </span>
    </>
  );
  return (
    <header className="border-border border-b bg-card">
      <StagingBanner />
      <div
        className={cn(
          'mx-auto flex h-16 w-full items-center gap-1 px-4 sm:gap-6 sm:px-7 short:h-12',
          // A call has the whole window.
          (!live || awayFrom !== undefined) && 'max-w-[72rem]',
        )}
      >
        {guest ? (
          <span className={brand}>{name}</span>
        ) : (
          <>
            <IntentLink href="/" className={brand}>
              {name}
            </IntentLink>
            <nav
              aria-label={t('nav.label')}
              // During a call, its state needs the width, also on tablets.
              className={cn(
                'ml-1.5 flex min-w-0 gap-0.5 sm:ml-0 sm:gap-1',
                live && 'max-lg:hidden',
              )}
            >
              {pages.map(({ href, name }) => {
                const Icon = ICONS[name];
                // Who sees only their own calls is not told of others.
                const key = name === 'calls' && !rights.includes('watch') ? 'myCalls' : name;
                return (
                  <IntentLink
                    key={href}
                    href={href}
                    aria-current={path === href ? 'page' : isWithin(path, href) || undefined}
                    title={t(`nav.${key}`)}
                    className={cn(
                      'inline-flex min-h-11 min-w-0 items-center rounded-sm px-1.5 font-medium text-base transition-colors duration-150 min-[380px]:px-2 sm:min-h-9 sm:px-3',
                      // German labels are longer.
                      '[:lang(de)_&]:max-[399px]:px-1 [:lang(de)_&]:max-[399px]:text-sm',
                      isWithin(path, href)
                        ? 'bg-accent text-foreground'
                        : 'text-muted-foreground hover:text-foreground',
                    )}
                  >
                    <Icon
                      aria-hidden="true"
                      className={cn(
                        'mx-0.5 size-[19px] flex-none',
                        RARE.includes(name) ? 'sm:hidden' : 'min-[360px]:hidden',
                      )}
                    />
                    {/* Before the font has loaded, labels may be wider than the space. */}
                    <span
                      className={cn(
                        'truncate',
                        RARE.includes(name) ? 'max-sm:sr-only' : 'max-[359px]:sr-only',
                      )}
                    >
                      {t(`nav.${key}`)}
                    </span>
                  </IntentLink>
                );
              })}
            </nav>
          </>
        )}
        <div className="ml-auto flex items-center gap-2 sm:gap-3">
          {anonymous && !guest && !live && path !== '/sign-in' && (
            <IntentLink
              href="/sign-in"
              className="inline-flex min-h-11 items-center rounded-sm px-2 font-semibold text-base"
            >
              {t('nav.signIn')}
            </IntentLink>
          )}
          {call ? (
            <call.Badge session={call.session} awayFrom={awayFrom} />
          ) : (
            !guest && <AgentsOnline />
          )}
          {!guest && rights.includes('call') && (
            <PersonMenu className={cn(live && 'max-lg:hidden')} />
          )}
        </div>
      </div>
    </header>
  );
}
