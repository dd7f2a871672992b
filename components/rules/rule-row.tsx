'use client';
// A rule as a sentence, with its actions.
import { ArrowDown, ArrowUp, Pencil, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Confirm } from '@/components/ui/confirm';
import { SwitchRow } from '@/components/ui/switch-row';
import { PRODUCTION } from '@/lib/core/deployment';
import { rulesMessages } from '@/lib/rules/messages';
import type { Piece } from '@/lib/rules/messages/en';
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

function said(piece: Piece): ReactNode {
  if (typeof piece === 'string') return piece;
  if (piece.as === 'pattern') {
    return (
      <code className="break-all rounded-[5px] bg-accent px-1 py-px text-[13px] [font-variant-ligatures:none]">
        {piece.of}
      </code>
    );
  }
  const staging = piece.as === 'deployment' && piece.of !== PRODUCTION;
  return (
    <strong className={cn('font-semibold', staging ? 'text-staging' : 'text-foreground')}>
      {piece.of}
    </strong>
  );
}

function Sentence({ rule }: { readonly rule: Rule }) {
  const { ruleSentence, rulesText } = useMessages(rulesMessages);
  return (
    <>
      {ruleSentence(rule).map((piece, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a sentence has no other order.
        <span key={at}>{said(piece)}</span>
      ))}
      {rule.then.metadata && (
        <span className="block truncate pt-1">
          {rulesText.metadata}: <code className="text-[13px]">{rule.then.metadata}</code>
        </span>
      )}
    </>
  );
}

export function RuleRow({ rule, first, last, fixed, ...actions }: RuleRowProps) {
  const { rulesText } = useMessages(rulesMessages);
  const icon = 'size-[18px] flex-none';
  const action = (name: string, off: boolean, act: () => void) => ({
    'aria-label': rulesText.of(name, rule.name),
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
          ask: rulesText.removeAsk(rule.name),
          yes: rulesText.removeYes,
          no: rulesText.removeNo,
        }}
        busy={fixed}
        onYes={actions.onRemove}
        className="px-4 pb-3 sm:px-5"
      >
        {({ ref, onClick }) => (
          <div className="-mt-2 flex min-h-11 flex-wrap items-center gap-1 px-1.5 pb-2 sm:px-2.5">
            <Button {...action(rulesText.up, first, () => actions.onMove(-1))} data-do="up">
              <ArrowUp aria-hidden="true" className={icon} />
            </Button>
            <Button {...action(rulesText.down, last, () => actions.onMove(1))} data-do="down">
              <ArrowDown aria-hidden="true" className={icon} />
            </Button>
            <Button {...action(rulesText.edit, false, actions.onEdit)} data-do="edit">
              <Pencil aria-hidden="true" className={icon} />
            </Button>
            <Button {...action(rulesText.remove, false, onClick)} ref={ref} data-do="remove">
              <Trash2 aria-hidden="true" className={icon} />
            </Button>
          </div>
        )}
      </Confirm>
    </li>
  );
}
