'use client';
// Models, voice and instructions for the next calls on staging, for developers. In its own chunk.
import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { overridesStore } from '@/components/call/overrides-store';
import { cn } from '@/components/ui/cn';
import { Field, TextField } from '@/components/ui/fields';
import { INPUT_CLASS } from '@/components/ui/input';
import { useStore } from '@/components/ui/store';
import { INSTRUCTIONS_MAX, type Overrides } from '@/lib/dispatch/overrides';

export function OverrideFields() {
  const t = useTranslations('call.overrides');
  const { models = '', voice = '', instructions = '' } = useStore(overridesStore);
  const change = (some: Overrides) => overridesStore.set({ ...overridesStore.get(), ...some });
  return (
    <details className="group mt-3 max-w-[34rem]">
      <summary className="inline-flex min-h-11 cursor-pointer items-center gap-1.5 rounded-sm font-medium text-sm">
        <ChevronRight aria-hidden="true" className="size-4 flex-none group-open:rotate-90" />
        {t('title')}
      </summary>
      <div className="grid gap-4 pt-2 pb-3">
        <TextField
          label={t('models')}
          hint={t('modelsHint')}
          placeholder="openai:gpt-4.1-mini"
          code
          value={models}
          onChange={(value) => change({ models: value })}
        />
        <TextField
          label={t('voice')}
          hint={t('voiceHint')}
          placeholder="slt"
          code
          value={voice}
          onChange={(value) => change({ voice: value })}
        />
        <Field label={t('instructions')} hint={t('instructionsHint')}>
          {(described) => (
            <textarea
              {...described}
              value={instructions}
              maxLength={INSTRUCTIONS_MAX}
              rows={4}
              onChange={(event) => change({ instructions: event.target.value })}
              className={cn(INPUT_CLASS, 'py-2.5 leading-snug')}
            />
          )}
        </Field>
      </div>
    </details>
  );
}
