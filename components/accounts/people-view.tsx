'use client';
// The people who can sign in, for admins: their roles, invitations, and links for new passwords.
import { type FormEvent, useState } from 'react';
import { useChange } from '@/components/accounts/accounts-client';
import { CopyLine } from '@/components/accounts/copy-line';
import { useMessages } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { SelectField, TextField } from '@/components/ui/fields';
import { Notice } from '@/components/ui/notice';
import { request } from '@/components/ui/request';
import { useHydrated } from '@/components/ui/use-browser-value';
import type { Person } from '@/lib/auth/people';
import { ROLES, type Role } from '@/lib/auth/permissions';
import type { SignUpLink } from '@/lib/auth/sign-up-links';
import { accountsMessages } from '@/lib/messages/accounts';

interface PersonRowProps {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly note: string | undefined;
  /** Undefined if the role cannot be changed. */
  readonly onRole?: (role: Role) => void;
  /** Undefined for people without a password. */
  readonly onPassword?: () => void;
  /** The link, once it was created. */
  readonly passwordLink?: string;
  readonly onRemove: () => void;
}

/** A person in the list: name, role, a link for a new password, and removal with a confirmation. */
function PersonRow(props: PersonRowProps) {
  const { name, email, role, note, onRole, onPassword, passwordLink, onRemove } = props;
  const { people: words, roles } = useMessages(accountsMessages).accountsText;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 p-4 sm:px-5">
      <span className="min-w-0 flex-1 basis-56">
        <span className="block break-words font-semibold text-[16px]">
          {name}
          {note && <span className="font-normal text-muted-foreground"> · {note}</span>}
        </span>
        <span className="block break-words text-[14px] text-muted-foreground">{email}</span>
      </span>
      {onRole ? (
        <SelectField
          label={words.roleOf(name)}
          labelHidden
          className="w-40"
          value={role}
          options={ROLES.map((value) => ({ value, label: roles[value] }))}
          onChange={(value) => onRole(value as Role)}
        />
      ) : (
        <span className="w-40 px-3.5 text-[15px]">{roles[role]}</span>
      )}
      <Confirm words={{ ...words, ask: words.sure(name) }} onYes={onRemove}>
        {(opener) => (
          <>
            {onPassword && (
              <Button onClick={onPassword} aria-label={words.newPasswordOf(name)}>
                {words.newPassword}
              </Button>
            )}
            <Button {...opener} aria-label={`${words.remove}: ${name}`}>
              {words.remove}
            </Button>
          </>
        )}
      </Confirm>
      {passwordLink && (
        <div className="basis-full">
          <CopyLine key={passwordLink} label={words.passwordLink(email)} value={passwordLink} />
        </div>
      )}
    </li>
  );
}

/** The data from the server. */
interface PeopleNow {
  readonly people: readonly Person[];
  readonly invited: readonly SignUpLink[];
}

interface PeopleViewProps {
  readonly first: PeopleNow;
  /** Id of the signed-in account. */
  readonly own: string | undefined;
}

export function PeopleView({ first, own }: PeopleViewProps) {
  const { accountsText } = useMessages(accountsMessages);
  const { people: words, roles, roleHints } = accountsText;
  const [now, setNow] = useState(first);
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('caller');
  const [link, setLink] = useState<{ readonly url: string; readonly email: string }>();
  const [password, setPassword] = useState<{ readonly url: string; readonly id: string }>();
  const { problem, change } = useChange(async () => setNow(await request('/api/people')));

  const invite = (event: FormEvent) => {
    event.preventDefault();
    void change(async () => {
      setLink(await request('/api/people', { body: { email, role } }));
      setEmail('');
    });
  };
  const makePasswordLink = (id: string) =>
    change(async () => {
      const { url } = await request<{ url: string }>('/api/people/password-links', {
        body: { id },
      });
      setPassword({ url, id });
    });
  const remove = (id: string) => change(() => request(`/api/people/${id}`, { method: 'DELETE' }));
  return (
    <fieldset disabled={!useHydrated()} className="min-w-0">
      <ul className="mt-6 divide-y divide-border rounded-lg border border-border bg-card">
        {now.people.map(({ id, ...person }) => (
          <PersonRow
            key={id}
            {...person}
            note={id === own ? words.you : undefined}
            onRole={(to) =>
              void change(() => request(`/api/people/${id}`, { method: 'PUT', body: { role: to } }))
            }
            // Users change their own password on their account page.
            onPassword={id === own ? undefined : () => void makePasswordLink(id)}
            passwordLink={password?.id === id ? password.url : undefined}
            onRemove={() => void remove(id)}
          />
        ))}
        {now.invited.map(({ id, email: address, role: as }) => (
          <PersonRow
            key={id}
            name={address ?? ''}
            email=""
            role={as}
            note={words.invited}
            onRemove={() => void remove(id)}
          />
        ))}
      </ul>
      {problem && <Notice tone="stop" urgent title={problem} />}
      <section className="mt-8">
        <h2 className="pb-2.5 text-[18px]">{words.invite}</h2>
        <form
          onSubmit={invite}
          className="grid items-end gap-4 rounded-lg border border-border bg-card p-4 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] sm:px-5"
        >
          <TextField
            label={accountsText.email}
            type="email"
            autoComplete="off"
            value={email}
            onChange={setEmail}
          />
          <SelectField
            label={accountsText.role}
            value={role}
            options={ROLES.map((value) => ({
              value,
              label: `${roles[value]}: ${roleHints[value]}`,
            }))}
            onChange={(value) => setRole(value as Role)}
          />
          <Button type="submit" variant="secondary">
            {words.go}
          </Button>
          {link && (
            <div className="sm:col-span-3">
              <CopyLine key={link.url} label={words.link(link.email)} value={link.url} />
            </div>
          )}
        </form>
      </section>
    </fieldset>
  );
}
