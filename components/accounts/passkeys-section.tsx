'use client';
// The user's passkeys.
import { useState } from 'react';
import { useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { accountsMessages } from '@/lib/messages/accounts';
import { ask, authClient } from './accounts-client';
import { Section } from './section';

/** A passkey as its owner sees it. */
export interface PasskeyView {
  readonly id: string;
  readonly name: string | undefined;
}

const list = () => ask<readonly PasskeyView[]>('GET', '/api/auth/passkey/list-user-passkeys');

export function PasskeysSection({ first }: { readonly first: readonly PasskeyView[] }) {
  const { passkeys: words } = useMessages(accountsMessages).accountsText;
  const [passkeys, setPasskeys] = useState(first);
  const [failed, setFailed] = useState(false);
  const change = async (work: () => Promise<unknown>) => {
    setFailed(false);
    await work().catch(() => setFailed(true));
    await list().then(setPasskeys, () => undefined);
  };
  const add = async () => {
    const { error } = await authClient.passkey.addPasskey({ name: words.unnamed });
    if (error) throw new Error(error.message);
  };
  return (
    <Section title={words.title} lead={words.lead}>
      {passkeys.length === 0 && <p className="text-[15px] text-soft">{words.none}</p>}
      <ul className="grid gap-2 empty:hidden">
        {passkeys.map(({ id, name }, at) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-3 text-[15px]">
            {`${name || words.unnamed} ${at + 1}`}
            <Button
              aria-label={`${words.remove}: ${name || words.unnamed} ${at + 1}`}
              onClick={() =>
                void change(() => ask('POST', '/api/auth/passkey/delete-passkey', { id }))
              }
            >
              {words.remove}
            </Button>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-3">
        <Button onClick={() => void change(add)}>{words.add}</Button>
        <span role="status" className="text-[14px] text-soft">
          {failed && words.failed}
        </span>
      </div>
    </Section>
  );
}
