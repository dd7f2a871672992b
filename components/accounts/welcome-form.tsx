'use client';
// The account of whoever was given a link: a name, a password, and they are in.
import { type FormEvent, useState } from 'react';
import { useTexts } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/fields';
import { Notice } from '@/components/ui/notice';
import { useAwake } from '@/components/ui/use-awake';
import { accountsTexts } from '@/lib/text/accounts';
import { type AccountsProblem, ask, goTo } from './accounts-client';

interface WelcomeFormProps {
  readonly link: string;
  /** Whom the link is for; undefined for the first account. */
  readonly email: string | undefined;
}

export function WelcomeForm({ link, email: known }: WelcomeFormProps) {
  const { accountsText } = useTexts(accountsTexts);
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
      await ask('POST', `/api/people/welcome/${link}`, { name, email, password });
      goTo('/');
    } catch (error) {
      setProblem((error as AccountsProblem).message || accountsText.signIn.failed);
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void send(event)} className="mt-6">
      <fieldset disabled={!useAwake()} className="grid min-w-0 gap-4">
        <TextField label={accountsText.name} autoComplete="name" value={name} onChange={setName} />
        {known === undefined ? (
          <TextField
            label={accountsText.email}
            type="email"
            autoComplete="username"
            value={email}
            onChange={setEmail}
          />
        ) : (
          <p className="text-[15px]">
            {accountsText.email}: <b>{known}</b>
            {/* For password managers. */}
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
        <Button type="submit" look="go" aria-disabled={busy} className="min-h-12">
          {busy ? accountsText.welcome.going : accountsText.welcome.go}
        </Button>
        {problem && <Notice tone="stop" urgent title={problem} className="mt-0" />}
      </fieldset>
    </form>
  );
}
