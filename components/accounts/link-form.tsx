'use client';
// The form behind a sign-up or password link: creates the account or sets a new password, and signs in.
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { goTo, useAccountFailureText } from '@/components/accounts/accounts-client';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/fields';
import { Notice } from '@/components/ui/notice';
import { request } from '@/components/ui/request';
import { useHydrated } from '@/components/ui/use-browser-value';

interface LinkFormProps {
  readonly kind: 'sign-up' | 'password';
  readonly link: string;
  /** E-mail address that the link is for; undefined for the first account. */
  readonly email: string | undefined;
}

export function LinkForm({ kind, link, email: known }: LinkFormProps) {
  const t = useTranslations('accounts');
  const failureText = useAccountFailureText();
  const isNew = kind === 'sign-up';
  const words = isNew ? 'signUp' : 'newPassword';
  const [name, setName] = useState('');
  const [email, setEmail] = useState(known ?? '');
  const [password, setPassword] = useState('');
  const sending = useMutation({
    mutationFn: () =>
      request(`/api/people/${kind}/${link}`, {
        body: { ...(isNew && { name, email }), password },
      }),
    onSuccess: () => goTo('/'),
  });
  const busy = sending.isPending || sending.isSuccess;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) sending.mutate();
  };
  return (
    <form onSubmit={send} className="mt-6 max-w-[24rem]">
      <fieldset disabled={!useHydrated()} className="grid min-w-0 gap-4">
        {isNew && (
          <TextField label={t('name')} autoComplete="name" value={name} onChange={setName} />
        )}
        {known === undefined ? (
          <TextField
            label={t('email')}
            type="email"
            autoComplete="username"
            value={email}
            onChange={setEmail}
          />
        ) : (
          <p className="break-words text-base">
            {t('email')}: <b>{known}</b>
            <input type="hidden" autoComplete="username" value={known} readOnly />
          </p>
        )}
        <TextField
          label={t('password')}
          hint={t('passwordHint')}
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
        />
        <Button type="submit" variant="primary" aria-disabled={busy} className="min-h-12">
          {t(`${words}.${busy ? 'going' : 'go'}`)}
        </Button>
        {sending.error && (
          <Notice tone="stop" urgent title={failureText(sending.error)} className="mt-0" />
        )}
      </fieldset>
    </form>
  );
}
