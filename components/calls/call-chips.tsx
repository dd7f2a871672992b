// Chips of a call: outcome, deployments and errors.
import { useTranslations } from 'next-intl';
import { useCatalogue } from '@/components/language/catalogue';
import { Chip, type ChipTone } from '@/components/ui/chip';
import { cn } from '@/components/ui/cn';
import { type CallSummary, isFailure } from '@/lib/calls/call';
import { endedText } from '@/lib/calls/view/call-words';
import { PRODUCTION } from '@/lib/core/deployment';
import { NO_OUTCOME, type OutcomeTone, outcomes } from '@/lib/core/outcome';

const TONES: Readonly<Record<OutcomeTone, ChipTone>> = { good: 'go', neutral: 'off', bad: 'stop' };

/** The outcome of a call. */
export function OutcomeChip({ call }: { readonly call: CallSummary }) {
  const { outcomeLabel } = useCatalogue();
  if (call.outcome === NO_OUTCOME) return null;
  const tone = outcomes.get(call.outcome)?.tone ?? 'neutral';
  return <Chip tone={TONES[tone]}>{outcomeLabel(call.outcome)}</Chip>;
}

/** How a call ended. */
export function EndedChip({ call }: { readonly call: CallSummary }) {
  const t = useTranslations('calls');
  if (!call.endedBy) return null;
  return (
    <Chip tone={isFailure(call) ? 'stop' : 'off'}>
      <span className="sr-only">{t('ended')}: </span>
      {endedText(call, t)}
    </Chip>
  );
}

/** All deployments except production, which is shown only together with others. */
export function DeploymentChips({ call }: { readonly call: CallSummary }) {
  if (call.deployments.every((name) => name === PRODUCTION)) return null;
  return call.deployments.map((name) => (
    <Tag key={name} tone={name === PRODUCTION ? 'plain' : 'staging'}>
      {name}
    </Tag>
  ));
}

export function ErrorsChip({ call }: { readonly call: CallSummary }) {
  const t = useTranslations('calls');
  if (call.errors === 0) return null;
  return <Chip tone="stop">{t('errors', { count: call.errors })}</Chip>;
}

interface TagProps {
  readonly tone?: ChipTone | 'plain';
  readonly num?: boolean;
  readonly children: React.ReactNode;
}

/** A chip without a status light. */
export function Tag({ tone = 'plain', num = false, children }: TagProps) {
  if (tone !== 'plain') return <Chip tone={tone}>{children}</Chip>;
  return (
    <span
      className={cn(
        'inline-flex min-h-7 items-center rounded-full border border-border bg-card px-2.5 font-semibold text-sm [overflow-wrap:anywhere]',
        num && 'num font-medium',
      )}
    >
      {children}
    </span>
  );
}
