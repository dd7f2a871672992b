'use client';
// Calls a phone number: the number, the agent, and the button. The call itself appears in the list of calls.
import { useMutation } from '@tanstack/react-query';
import { Delete, Phone } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import * as z from 'zod/mini';
import { useAgentList, useDisplayName } from '@/components/agents/agent-list';
import { useCatalogue } from '@/components/language/catalogue';
import { Button } from '@/components/ui/button';
import { useFailureText } from '@/components/ui/failure';
import { SelectField, TextField } from '@/components/ui/fields';
import { Notice } from '@/components/ui/notice';
import { request } from '@/components/ui/request';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '0'];

interface KeysProps {
  readonly label: string;
  readonly erase: string;
  readonly onPress: (key: string) => void;
  readonly onErase: () => void;
}

/** The keypad, with a key that deletes the last digit. */
function Keys({ label, erase, onPress, onErase }: KeysProps) {
  return (
    <fieldset aria-label={label} className="grid grid-cols-3 gap-2">
      {KEYS.map((key) => (
        <Button key={key} onClick={() => onPress(key)} className="num min-h-13 text-xl">
          {key}
        </Button>
      ))}
      <Button aria-label={erase} onClick={onErase} className="min-h-13">
        <Delete aria-hidden="true" className="size-5" />
      </Button>
    </fieldset>
  );
}

/** Timeout in milliseconds. The server itself waits up to 5 s for LiveKit. */
const TIMEOUT_MS = 10_000;

const begun = z.object({ agent: z.string(), to: z.string() });

export function TelephonyView() {
  const t = useTranslations('telephony');
  const { roleOf } = useCatalogue();
  const agents = useAgentList();
  const personOf = useDisplayName();
  const [to, setTo] = useState('');
  const [chosen, setChosen] = useState<{ readonly agent: string; readonly deployment?: string }>();
  const called = agents.find(({ name }) => name === chosen?.agent) ?? agents[0];
  const agent = called?.name ?? '';
  const deployments = called?.deployments ?? [];
  const deployment = deployments.find((one) => one === chosen?.deployment) ?? deployments[0] ?? '';

  const failureText = useFailureText();
  const {
    mutate: call,
    data: started,
    isPending,
    error,
  } = useMutation({
    mutationFn: () => {
      const body = { agent_name: agent, deployment, to };
      return request('/api/calls/outbound', { body, schema: begun, timeoutMs: TIMEOUT_MS });
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isPending && to.trim() !== '' && called) call();
  }

  return (
    <form onSubmit={submit} className="mt-6 grid max-w-[24rem] gap-4">
      <TextField label={t('number')} hint={t('hint')} value={to} onChange={setTo} type="tel" />
      <Keys
        label={t('keys')}
        erase={t('erase')}
        onPress={(key) => setTo((now) => now + key)}
        onErase={() => setTo((now) => now.slice(0, -1))}
      />
      <SelectField
        label={t('agent')}
        value={agent}
        options={agents.map((one) => ({
          value: one.name,
          label: [one.person, roleOf(one)].filter(Boolean).join(', '),
        }))}
        onChange={(name) => setChosen({ agent: name })}
      />
      <SelectField
        label={t('deployment')}
        value={deployment}
        options={deployments}
        onChange={(name) => setChosen({ agent, deployment: name })}
      />
      <Button
        type="submit"
        variant="primary"
        disabled={to.trim() === '' || !called}
        aria-disabled={isPending}
      >
        <Phone aria-hidden="true" className="size-5" />
        {t(isPending ? 'calling' : 'call')}
      </Button>
      <div aria-live="polite">
        {started && (
          <Notice
            tone="standby"
            title={t('begun', { person: personOf(started.agent), number: started.to })}
            body={t('follow')}
            className="mt-0"
          >
            <Link
              href="/calls"
              className="inline-flex min-h-11 items-center font-medium underline underline-offset-3"
            >
              {t('calls')}
            </Link>
          </Notice>
        )}
        {error && (
          <Notice tone="stop" title={t('failed')} body={failureText(error)} className="mt-0" />
        )}
      </div>
    </form>
  );
}
