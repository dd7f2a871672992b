'use client';
// Changes the user's password; requires the current one.
import { type FormEvent, useState } from 'react';
import { useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/fields';
import { accountsMessages } from '@/lib/messages/accounts';
import { ask } from './accounts-client';
import { Section } from './section';

export function PasswordSection() {
  const { accountsText } = useMessages(accountsMessages);
  const { change } = accountsText;
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [said, setSaid] = useState('');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const body = { currentPassword: current, newPassword: next, revokeOtherSessions: true };
      await ask('POST', '/api/auth/change-password', body);
      setSaid(change.done);
      setCurrent('');
      setNext('');
    } catch {
      setSaid(change.failed);
    }
  };
  return (
    <Section title={change.title}>
      <form onSubmit={(event) => void send(event)} className="grid gap-4">
        <TextField
          label={change.current}
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
        />
        <TextField
          label={change.next}
          hint={accountsText.passwordHint}
          type="password"
          autoComplete="new-password"
          value={next}
          onChange={setNext}
        />
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit">{change.go}</Button>
          <span role="status" className="text-[14px] text-soft">
            {said}
          </span>
        </div>
      </form>
    </Section>
  );
}
