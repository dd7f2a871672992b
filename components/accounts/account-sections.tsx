'use client';
// The sections of the account page: passkeys, password and API keys.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useState } from 'react';
import {
  authClient,
  useAccountFailureText,
  useChange,
} from '@/components/accounts/accounts-client';
import { CopyLine } from '@/components/accounts/copy-line';
import { KeyRow } from '@/components/accounts/key-row';
import { useVisitor } from '@/components/accounts/visitor';
import { Button } from '@/components/ui/button';
import { Choice, FieldGroup, TextField } from '@/components/ui/fields';
import { Notice } from '@/components/ui/notice';
import { ApiError, request } from '@/components/ui/request';
import { useHydrated } from '@/components/ui/use-browser-value';
import {
  type KeyView,
  keysView,
  newKey,
  type PasskeyView,
  passkeysView,
} from '@/lib/auth/account-views';
import { KEY_PERMISSIONS } from '@/lib/auth/permissions';

/** The lists of the page. A new password deletes what is on them. */
const LISTS = 'account';

interface SectionProps {
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
}

function Section({ title, lead, children }: SectionProps) {
  return (
    <section className="mt-8">
      <h2 className="text-lg">{title}</h2>
      {lead && <p className="text-sm text-muted-foreground">{lead}</p>}
      <fieldset
        disabled={!useHydrated()}
        className="mt-2.5 grid min-w-0 gap-4 rounded-lg border border-border bg-card p-4 sm:px-5"
      >
        {children}
      </fieldset>
    </section>
  );
}

const PASSKEYS = [LISTS, 'passkeys'];

export function PasskeysSection({ first }: { readonly first: readonly PasskeyView[] }) {
  const t = useTranslations('accounts.passkeys');
  const { data: passkeys } = useQuery({
    queryKey: PASSKEYS,
    queryFn: ({ signal }) =>
      request('/api/auth/passkey/list-user-passkeys', { signal, schema: passkeysView }),
    initialData: first,
  });
  const { mutate: change, error } = useChange(PASSKEYS);
  const add = async () => {
    const { error: refused } = await authClient.passkey.addPasskey({ name: t('unnamed') });
    if (refused) throw new ApiError(refused.message ?? '', refused.status);
  };
  return (
    <Section title={t('title')} lead={t('lead')}>
      {passkeys.length === 0 && <p className="text-base text-muted-foreground">{t('none')}</p>}
      <ul className="grid gap-2 empty:hidden">
        {passkeys.map(({ id, name }, at) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-3 text-base">
            {`${name || t('unnamed')} ${at + 1}`}
            <Button
              aria-label={`${t('remove')}: ${name || t('unnamed')} ${at + 1}`}
              onClick={() =>
                change(() => request('/api/auth/passkey/delete-passkey', { body: { id } }))
              }
            >
              {t('remove')}
            </Button>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-3">
        <Button onClick={() => change(add)}>{t('add')}</Button>
        <span role="status" className="text-sm text-muted-foreground">
          {error && t('failed')}
        </span>
      </div>
    </Section>
  );
}

export function PasswordSection() {
  const t = useTranslations('accounts.change');
  const all = useTranslations('accounts');
  const client = useQueryClient();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const { mutate, isSuccess, error } = useMutation({
    mutationFn: () =>
      request('/api/auth/change-password', {
        body: { currentPassword: current, newPassword: next },
      }),
    onSuccess: () => {
      setCurrent('');
      setNext('');
      void client.invalidateQueries({ queryKey: [LISTS] });
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <Section title={t('title')} lead={t('lead')}>
      <form onSubmit={send} className="grid gap-4">
        <TextField
          label={t('current')}
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
        />
        <TextField
          label={t('next')}
          hint={all('passwordHint')}
          type="password"
          autoComplete="new-password"
          value={next}
          onChange={setNext}
        />
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit">{t('go')}</Button>
          <span role="status" className="text-sm text-muted-foreground">
            {isSuccess && t('done')}
            {error && ((error.status === 429 && error.detail) || t('failed'))}
          </span>
        </div>
      </form>
    </Section>
  );
}

const PATH = '/api/account/keys';
const KEYS = [LISTS, 'keys'];

export function KeysSection({ first }: { readonly first: readonly KeyView[] }) {
  const t = useTranslations('accounts.keys');
  const failureText = useAccountFailureText();
  const { rights } = useVisitor();
  const { data: keys, isRefetchError } = useQuery({
    queryKey: KEYS,
    queryFn: async ({ signal }) => (await request(PATH, { signal, schema: keysView })).keys,
    initialData: first,
  });
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [made, setMade] = useState<{ readonly id: string; readonly key: string }>();
  const { mutate: change, error } = useChange(KEYS);
  // It is deleted with the others by a new password.
  const isThere = isRefetchError || keys.some(({ id }) => id === made?.id);
  const make = (event: FormEvent) => {
    event.preventDefault();
    change(async () => {
      setMade(await request(PATH, { body: { name, rights: chosen }, schema: newKey }));
      setName('');
      setChosen([]);
    });
  };
  return (
    <Section title={t('title')} lead={t('lead')}>
      {keys.length === 0 && <p className="text-base text-muted-foreground">{t('none')}</p>}
      <ul className="grid gap-2 empty:hidden">
        {keys.map((key) => (
          <KeyRow
            key={key.id}
            of={key}
            onDelete={() => change(() => request(`${PATH}/${key.id}`, { method: 'DELETE' }))}
          />
        ))}
      </ul>
      {made && isThere && <CopyLine key={made.id} label={t('once')} value={made.key} />}
      <form onSubmit={make} className="grid gap-4">
        <TextField label={t('name')} value={name} onChange={setName} />
        <FieldGroup title={t('rights')} small>
          <div className="flex flex-wrap gap-2">
            {KEY_PERMISSIONS.filter((right) => rights.includes(right)).map((right) => (
              <Choice
                key={right}
                type="checkbox"
                label={t(`right.${right}`)}
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
          <Button type="submit">{t('go')}</Button>
        </div>
      </form>
      {error && <Notice tone="stop" urgent title={failureText(error)} className="mt-0" />}
    </Section>
  );
}
