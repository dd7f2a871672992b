'use client';
// The percentage of callers for another deployment: a slider and a number, kept in sync.
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { useAgentList } from '@/components/agents/agent-list';
import { type Draft, othersOf, shareTarget } from '@/components/rules/draft';
import { Field, FieldGroup, SelectField } from '@/components/ui/fields';
import { Input } from '@/components/ui/input';

interface ShareFieldProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
  readonly errorOf: (field: string) => string | undefined;
}

export function ShareField({ draft, onChange, errorOf }: ShareFieldProps) {
  const t = useTranslations('rules.form');
  const agents = useAgentList();
  const slider = useId();
  const others = othersOf(agents, draft);
  if (others.length === 0) return null;
  return (
    <FieldGroup title={t('share')} hint={t('shareHint')} small>
      <div className="grid items-start gap-x-4 gap-y-3 sm:grid-cols-2">
        <Field label={t('shareOf')} error={errorOf('then/share/percent')}>
          {(described) => (
            <span className="flex items-center gap-3">
              <input
                id={slider}
                type="range"
                min={0}
                max={100}
                step={1}
                aria-label={t('shareOf')}
                value={Number(draft.percent) || 0}
                onChange={(event) => onChange({ percent: event.target.value })}
                className="h-11 min-w-0 flex-1 accent-staging"
              />
              <Input
                {...described}
                type="number"
                inputMode="decimal"
                min={0}
                max={100}
                step="any"
                value={draft.percent}
                onChange={(event) => onChange({ percent: event.target.value })}
                className="num w-20! flex-none px-3!"
              />
            </span>
          )}
        </Field>
        <SelectField
          label={t('shareTo')}
          error={errorOf('then/share/deployment')}
          value={shareTarget(agents, draft) ?? ''}
          options={others}
          onChange={(shareTo) => onChange({ shareTo })}
        />
      </div>
    </FieldGroup>
  );
}
