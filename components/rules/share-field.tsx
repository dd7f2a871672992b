'use client';
// The percentage of callers for another deployment: a slider and a number, kept in sync.
import { useId } from 'react';
import { useAgentList } from '@/components/agents/agent-list';
import { useMessages } from '@/components/language/language';
import { type Draft, othersOf, shareTarget } from '@/components/rules/draft';
import { Field, FieldGroup, SelectField } from '@/components/ui/fields';
import { Input } from '@/components/ui/input';
import { rulesMessages } from '@/lib/rules/messages';

interface ShareFieldProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
  readonly errorOf: (field: string) => string | undefined;
}

export function ShareField({ draft, onChange, errorOf }: ShareFieldProps) {
  const texts = useMessages(rulesMessages).rulesText.form;
  const agents = useAgentList();
  const slider = useId();
  const others = othersOf(agents, draft);
  if (others.length === 0) return null;
  return (
    <FieldGroup title={texts.share} hint={texts.shareHint} small>
      <div className="grid items-start gap-x-4 gap-y-3 sm:grid-cols-2">
        <Field label={texts.shareOf} error={errorOf('then/share/percent')}>
          {(described) => (
            <span className="flex items-center gap-3">
              <input
                id={slider}
                type="range"
                min={0}
                max={100}
                step={1}
                aria-label={texts.shareOf}
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
          label={texts.shareTo}
          error={errorOf('then/share/deployment')}
          value={shareTarget(agents, draft) ?? ''}
          options={others}
          onChange={(shareTo) => onChange({ shareTo })}
        />
      </div>
    </FieldGroup>
  );
}
