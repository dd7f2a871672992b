'use client';
// A new password for whoever the link is for.
import { type FormEvent, useState } from 'react';
import { useTexts } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/fields';
import { Notice } from '@/components/ui/notice';
import { useAwake } from '@/components/ui/use-awake';
import { accountsTexts } from '@/lib/text/accounts';
import { type AccountsProblem, ask, goTo } from './accounts-client';

interface NewPasswordFormProps {
  readonly link: string;
  readonly email: string;
}

export function NewPasswordForm({ link, email }: NewPasswordFormProps) {
  const { accountsText } = useTexts(accountsTexts);
  const { newPassword: words } = accountsText;
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    try {
      await ask('POST', `/api/people/password/${link}`, { password });
      goTo('/');
    } catch (error) {
      setProblem((error as AccountsProblem).message || accountsText.signIn.failed);
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void send(event)} className="mt-6">
      <fieldset disabled={!useAwake()} className="grid min-w-0 gap-4">
        <p className="break-words text-[15px]">
          {accountsText.email}: <b>{email}</b>
          {/* For password managers. */}
          <input type="hidden" autoComplete="username" value={email} readOnly />
        </p>
        <TextField
          label={accountsText.password}
          hint={accountsText.passwordHint}
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
        />
        <Button type="submit" look="go" aria-disabled={busy} className="min-h-12">
          {busy ? words.going : words.go}
        </Button>
        {problem && <Notice tone="stop" urgent title={problem} className="mt-0" />}
      </fieldset>
    </form>
  );
}
