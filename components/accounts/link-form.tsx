'use client';
// The form behind a sign-up or password link: creates the account or sets a new password, and signs in.
import { type FormEvent, useState } from 'react';
import { goTo, messageOf } from '@/components/accounts/accounts-client';
import { useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/fields';
import { Notice } from '@/components/ui/notice';
import { request } from '@/components/ui/request';
import { useHydrated } from '@/components/ui/use-browser-value';
import { accountsMessages } from '@/lib/messages/accounts';

interface LinkFormProps {
  readonly kind: 'sign-up' | 'password';
  readonly link: string;
  /** E-mail address that the link is for; undefined for the first account. */
  readonly email: string | undefined;
}

export function LinkForm({ kind, link, email: known }: LinkFormProps) {
  const { accountsText } = useMessages(accountsMessages);
  const isNew = kind === 'sign-up';
  const words = isNew ? accountsText.signUp : accountsText.newPassword;
  const [name, setName] = useState('');
  const [email, setEmail] = useState(known ?? '');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    try {
      await request(`/api/people/${kind}/${link}`, {
        body: { ...(isNew && { name, email }), password },
      });
      goTo('/');
    } catch (error) {
      setProblem(messageOf(error));
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void send(event)} className="mt-6">
      <fieldset disabled={!useHydrated()} className="grid min-w-0 gap-4">
        {isNew && (
          <TextField
            label={accountsText.name}
            autoComplete="name"
            value={name}
            onChange={setName}
          />
        )}
        {known === undefined ? (
          <TextField
            label={accountsText.email}
            type="email"
            autoComplete="username"
            value={email}
            onChange={setEmail}
          />
        ) : (
          <p className="break-words text-[15px]">
            {accountsText.email}: <b>{known}</b>
            <input type="hidden" autoComplete="username" value={known} readOnly />
          </p>
        )}
        <TextField
          label={accountsText.password}
          hint={accountsText.passwordHint}
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
        />
        <Button type="submit" variant="primary" aria-disabled={busy} className="min-h-12">
          {busy ? words.going : words.go}
        </Button>
        {problem && <Notice tone="stop" urgent title={problem} className="mt-0" />}
      </fieldset>
    </form>
  );
}
