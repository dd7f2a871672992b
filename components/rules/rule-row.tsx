'use client';
// A rule as a sentence, with its actions.
import { ArrowDown, ArrowUp, Pencil, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ruleSentence } from '@/components/rules/rule-sentence';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Confirm } from '@/components/ui/confirm';
import { SwitchRow } from '@/components/ui/switch-row';
import { PRODUCTION } from '@/lib/core/deployment';
import type { Rule } from '@/lib/rules/rule';

/** The actions of a row. */
interface RowActions {
  readonly onSwitch: (on: boolean) => void;
  readonly onEdit: () => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

interface RuleRowProps extends RowActions {
  readonly rule: Rule;
  readonly first: boolean;
  readonly last: boolean;
  /** Whether changes are disabled, while saving. */
  readonly fixed: boolean;
}

const pattern = (text: ReactNode) => (
  <code className="break-all rounded-[5px] bg-accent px-1 py-px text-sm [font-variant-ligatures:none]">
    {text}
  </code>
);

/** Highlights an agent or a deployment: one other than production in the color of staging. */
const strong = (deployment?: string) => (text: ReactNode) => {
  const staging = deployment !== undefined && deployment !== PRODUCTION;
  return (
    <strong className={cn('font-semibold', staging ? 'text-staging' : 'text-foreground')}>
      {text}
    </strong>
  );
};

function Sentence({ rule }: { readonly rule: Rule }) {
  const t = useTranslations('rules');
  const highlights = {
    pattern,
    who: strong(),
    where: strong(rule.then.deployment),
    elsewhere: strong(rule.then.share?.deployment),
  };
  const parts = ruleSentence(rule, t, (part, values) =>
    t.rich(`sentence.${part}`, { ...values, ...highlights }),
  );
  return (
    <>
      {parts.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a sentence has no other order.
        <span key={at}>{part}</span>
      ))}
      {'.'}
      {rule.then.metadata && (
        <span className="block truncate pt-1">
          {t('metadata')}: <code className="text-sm">{rule.then.metadata}</code>
        </span>
      )}
    </>
  );
}

export function RuleRow({ rule, first, last, fixed, ...actions }: RuleRowProps) {
  const t = useTranslations('rules');
  const icon = 'size-[18px] flex-none';
  const action = (name: string, off: boolean, act: () => void) => ({
    'aria-label': t('of', { action: name, name: rule.name }),
    'aria-disabled': fixed || off,
    title: name,
    variant: 'ghost' as const,
    size: 'icon' as const,
    className: 'aria-disabled:opacity-40',
    onClick: () => {
      if (!fixed && !off) act();
    },
  });
  return (
    <li data-rule={rule.name}>
      <SwitchRow
        label={rule.name}
        hint={<Sentence rule={rule} />}
        on={rule.enabled}
        onChange={(on) => {
          if (!fixed) actions.onSwitch(on);
        }}
      />
      <Confirm
        words={{
          ask: t('removeAsk', { name: rule.name }),
          yes: t('removeYes'),
          no: t('removeNo'),
        }}
        busy={fixed}
        onYes={actions.onRemove}
        className="px-4 pb-3 sm:px-5"
      >
        {({ ref, onClick }) => (
          <div className="-mt-2 flex min-h-11 flex-wrap items-center gap-1 px-1.5 pb-2 sm:px-2.5">
            <Button {...action(t('up'), first, () => actions.onMove(-1))} data-do="up">
              <ArrowUp aria-hidden="true" className={icon} />
            </Button>
            <Button {...action(t('down'), last, () => actions.onMove(1))} data-do="down">
              <ArrowDown aria-hidden="true" className={icon} />
            </Button>
            <Button {...action(t('edit'), false, actions.onEdit)} data-do="edit">
              <Pencil aria-hidden="true" className={icon} />
            </Button>
            <Button {...action(t('remove'), false, onClick)} ref={ref} data-do="remove">
              <Trash2 aria-hidden="true" className={icon} />
            </Button>
          </div>
        )}
      </Confirm>
    </li>
  );
}
