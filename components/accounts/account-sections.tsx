'use client';
// The sections of the account page: sign-out, passkeys, password and API keys.
import { LogOut } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, type ReactNode, useState } from 'react';
import { authClient, goTo, useChange } from '@/components/accounts/accounts-client';
import { CopyLine } from '@/components/accounts/copy-line';
import { useVisitor } from '@/components/accounts/visitor';
import { useLocale, useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { Choice, FieldGroup, TextField } from '@/components/ui/fields';
import { Notice } from '@/components/ui/notice';
import { ApiError, request, toApiError } from '@/components/ui/request';
import { useHydrated } from '@/components/ui/use-browser-value';
import type { KeyView } from '@/lib/auth/keys';
import { KEY_PERMISSIONS } from '@/lib/auth/permissions';
import { accountsMessages } from '@/lib/messages/accounts';

interface SectionProps {
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
}

function Section({ title, lead, children }: SectionProps) {
  return (
    <section className="mt-8">
      <h2 className="text-[18px]">{title}</h2>
      {lead && <p className="text-[14px] text-muted-foreground">{lead}</p>}
      <fieldset
        disabled={!useHydrated()}
        className="mt-2.5 grid min-w-0 gap-4 rounded-lg border border-border bg-card p-4 sm:px-5"
      >
        {children}
      </fieldset>
    </section>
  );
}

export function SignOut() {
  const { account } = useMessages(accountsMessages).accountsText;
  // If the server does not respond, the next page shows that.
  const leave = () =>
    void request('/api/auth/sign-out', { body: {} })
      .catch(() => undefined)
      .then(() => goTo('/sign-in'));
  return (
    <Button disabled={!useHydrated()} onClick={leave}>
      <LogOut aria-hidden="true" className="size-5" />
      {account.signOut}
    </Button>
  );
}

/** A passkey as its owner sees it. */
export interface PasskeyView {
  readonly id: string;
  readonly name: string | undefined;
}

const list = () => request<readonly PasskeyView[]>('/api/auth/passkey/list-user-passkeys');

export function PasskeysSection({ first }: { readonly first: readonly PasskeyView[] }) {
  const { passkeys: words } = useMessages(accountsMessages).accountsText;
  const [passkeys, setPasskeys] = useState(first);
  const { problem, change } = useChange(async () => setPasskeys(await list()));
  const add = async () => {
    const { error } = await authClient.passkey.addPasskey({ name: words.unnamed });
    if (error) throw new ApiError(error.message ?? '', error.status);
  };
  return (
    <Section title={words.title} lead={words.lead}>
      {passkeys.length === 0 && <p className="text-[15px] text-muted-foreground">{words.none}</p>}
      <ul className="grid gap-2 empty:hidden">
        {passkeys.map(({ id, name }, at) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-3 text-[15px]">
            {`${name || words.unnamed} ${at + 1}`}
            <Button
              aria-label={`${words.remove}: ${name || words.unnamed} ${at + 1}`}
              onClick={() =>
                void change(() => request('/api/auth/passkey/delete-passkey', { body: { id } }))
              }
            >
              {words.remove}
            </Button>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-3">
        <Button onClick={() => void change(add)}>{words.add}</Button>
        <span role="status" className="text-[14px] text-muted-foreground">
          {problem && words.failed}
        </span>
      </div>
    </Section>
  );
}

export function PasswordSection() {
  const { accountsText } = useMessages(accountsMessages);
  const { change } = accountsText;
  const router = useRouter();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [said, setSaid] = useState('');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const body = { currentPassword: current, newPassword: next };
      await request('/api/auth/change-password', { body });
      setSaid(change.done);
      setCurrent('');
      setNext('');
      // The lists on this page are empty now.
      router.refresh();
    } catch (error) {
      const { status, detail } = toApiError(error);
      setSaid((status === 429 && detail) || change.failed);
    }
  };
  return (
    <Section title={change.title} lead={change.lead}>
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
          <span role="status" className="text-[14px] text-muted-foreground">
            {said}
          </span>
        </div>
      </form>
    </Section>
  );
}

const PATH = '/api/account/keys';

export function KeysSection({ first }: { readonly first: readonly KeyView[] }) {
  const { keys: words } = useMessages(accountsMessages).accountsText;
  const locale = useLocale();
  const { rights } = useVisitor();
  const [keys, setKeys] = useState(first);
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [made, setMade] = useState<string>();
  const { problem, change } = useChange(async () =>
    setKeys((await request<{ keys: readonly KeyView[] }>(PATH)).keys),
  );
  const make = (event: FormEvent) => {
    event.preventDefault();
    void change(async () => {
      const { key } = await request<{ key: string }>(PATH, { body: { name, rights: chosen } });
      setMade(key);
      setName('');
      setChosen([]);
    });
  };
  return (
    <Section title={words.title} lead={words.lead}>
      {keys.length === 0 && <p className="text-[15px] text-muted-foreground">{words.none}</p>}
      <ul className="grid gap-2 empty:hidden">
        {keys.map((key) => (
          <li
            key={key.id}
            className="flex flex-wrap items-center justify-between gap-3 text-[15px]"
          >
            <span className="min-w-0">
              <span className="block font-semibold">
                {key.name}{' '}
                <code className="font-normal text-[14px] text-muted-foreground">{key.start}…</code>
              </span>
              <span className="block text-[14px] text-muted-foreground">
                {key.rights
                  .map((right) => words.right[right as keyof typeof words.right] ?? right)
                  .join(', ')}{' '}
                ·{' '}
                {key.used_at
                  ? words.used(new Date(key.used_at).toLocaleDateString(locale))
                  : words.unused}
              </span>
            </span>
            <Button
              aria-label={`${words.remove}: ${key.name}`}
              onClick={() => void change(() => request(`${PATH}/${key.id}`, { method: 'DELETE' }))}
            >
              {words.remove}
            </Button>
          </li>
        ))}
      </ul>
      {made && <CopyLine key={made} label={words.once} value={made} />}
      <form onSubmit={make} className="grid gap-4">
        <TextField label={words.name} value={name} onChange={setName} />
        <FieldGroup title={words.rights} small>
          <div className="flex flex-wrap gap-2">
            {KEY_PERMISSIONS.filter((right) => rights.includes(right)).map((right) => (
              <Choice
                key={right}
                type="checkbox"
                label={words.right[right]}
                checked={chosen.includes(right)}
                onChange={({ target }) =>
                  setChosen(
                    target.checked ? [...chosen, right] : chosen.filter((one) => one !== right),
                  )
                }
              />
            ))}
          </div>
        </FieldGroup>
        <div>
          <Button type="submit">{words.go}</Button>
        </div>
      </form>
      {problem && <Notice tone="stop" urgent title={problem} className="mt-0" />}
    </Section>
  );
}
