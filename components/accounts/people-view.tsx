'use client';
// The people who can sign in, for admins: their roles, invitations, and links for new passwords.
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useAccountFailureText, useChange } from '@/components/accounts/accounts-client';
import { CopyLine } from '@/components/accounts/copy-line';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { SelectField, TextField } from '@/components/ui/fields';
import { Notice } from '@/components/ui/notice';
import { request } from '@/components/ui/request';
import { useHydrated } from '@/components/ui/use-browser-value';
import { newLink, type PeopleView as People, peopleView } from '@/lib/auth/account-views';
import { ROLES, type Role } from '@/lib/auth/permissions';

interface PersonRowProps {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly note: string | undefined;
  /** Undefined if the role cannot be changed. */
  readonly onRole?: (role: Role) => void;
  /** Undefined for people without a password. */
  readonly onPassword?: (() => void) | undefined;
  /** The link, once it was created. */
  readonly passwordLink?: string | undefined;
  readonly onRemove: () => void;
}

/** A person in the list: name, role, a link for a new password, and removal with a confirmation. */
function PersonRow(props: PersonRowProps) {
  const { name, email, role, note, onRole, onPassword, passwordLink, onRemove } = props;
  const t = useTranslations('accounts');
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 p-4 sm:px-5">
      <span className="min-w-0 flex-1 basis-56">
        <span className="block break-words font-semibold text-base">
          {name}
          {note && <span className="font-normal text-muted-foreground"> · {note}</span>}
        </span>
        <span className="block break-words text-sm text-muted-foreground">{email}</span>
      </span>
      {onRole ? (
        <SelectField
          label={t('people.roleOf', { name })}
          labelHidden
          className="w-40"
          value={role}
          options={ROLES.map((value) => ({ value, label: t(`roles.${value}`) }))}
          onChange={(value) => onRole(value as Role)}
        />
      ) : (
        <span className="w-40 px-3.5 text-base">{t(`roles.${role}`)}</span>
      )}
      <Confirm
        words={{
          ask: t('people.sure', { name }),
          yes: t('people.yes'),
          no: t('people.no'),
        }}
        onYes={onRemove}
      >
        {(opener) => (
          <>
            {onPassword && (
              <Button onClick={onPassword} aria-label={t('people.newPasswordOf', { name })}>
                {t('people.newPassword')}
              </Button>
            )}
            <Button {...opener} aria-label={`${t('people.remove')}: ${name}`}>
              {t('people.remove')}
            </Button>
          </>
        )}
      </Confirm>
      {passwordLink && (
        <div className="basis-full">
          <CopyLine
            key={passwordLink}
            label={t('people.passwordLink', { email })}
            value={passwordLink}
          />
        </div>
      )}
    </li>
  );
}

const PATH = '/api/people';
const QUERY = ['people'];

interface PeopleViewProps {
  /** From the server. */
  readonly first: People;
  /** Id of the signed-in account. */
  readonly own: string | undefined;
}

export function PeopleView({ first, own }: PeopleViewProps) {
  const t = useTranslations('accounts');
  const failureText = useAccountFailureText();
  const { data: now } = useQuery({
    queryKey: QUERY,
    queryFn: ({ signal }) => request(PATH, { signal, schema: peopleView }),
    initialData: first,
  });
  const { mutate: change, error } = useChange(QUERY);
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('caller');
  const [link, setLink] = useState<{ readonly url: string; readonly email: string }>();
  const [password, setPassword] = useState<{ readonly url: string; readonly id: string }>();

  const invite = (event: FormEvent) => {
    event.preventDefault();
    change(async () => {
      setLink(await request(PATH, { body: { email, role }, schema: newLink }));
      setEmail('');
    });
  };
  const makePasswordLink = (id: string) =>
    change(async () => {
      const { url } = await request(`${PATH}/password-links`, { body: { id }, schema: newLink });
      setPassword({ url, id });
    });
  const remove = (id: string) => change(() => request(`${PATH}/${id}`, { method: 'DELETE' }));
  return (
    <fieldset disabled={!useHydrated()} className="min-w-0">
      <ul className="mt-6 divide-y divide-border rounded-lg border border-border bg-card">
        {now.people.map(({ id, ...person }) => (
          <PersonRow
            key={id}
            {...person}
            note={id === own ? t('people.you') : undefined}
            onRole={(to) =>
              change(() => request(`${PATH}/${id}`, { method: 'PUT', body: { role: to } }))
            }
            // Users change their own password on their account page.
            onPassword={id === own ? undefined : () => makePasswordLink(id)}
            passwordLink={password?.id === id ? password.url : undefined}
            onRemove={() => remove(id)}
          />
        ))}
        {now.invited.map(({ id, email: address, role: as }) => (
          <PersonRow
            key={id}
            name={address ?? ''}
            email=""
            role={as}
            note={t('people.invited')}
            onRemove={() => remove(id)}
          />
        ))}
      </ul>
      {error && <Notice tone="stop" urgent title={failureText(error)} />}
      <section className="mt-8">
        <h2 className="pb-2.5 text-lg">{t('people.invite')}</h2>
        <form
          onSubmit={invite}
          className="grid items-end gap-4 rounded-lg border border-border bg-card p-4 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] sm:px-5"
        >
          <TextField
            label={t('email')}
            type="email"
            autoComplete="off"
            value={email}
            onChange={setEmail}
          />
          <SelectField
            label={t('role')}
            value={role}
            options={ROLES.map((value) => ({
              value,
              label: `${t(`roles.${value}`)}: ${t(`roleHints.${value}`)}`,
            }))}
            onChange={(value) => setRole(value as Role)}
          />
          <Button type="submit" variant="secondary">
            {t('people.go')}
          </Button>
          {link && (
            <div className="sm:col-span-3">
              <CopyLine
                key={link.url}
                label={t('people.link', { email: link.email })}
                value={link.url}
              />
            </div>
          )}
        </form>
      </section>
    </fieldset>
  );
}
