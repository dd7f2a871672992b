'use client';
// One person in the list: who they are, their role, a link for a new password, and their removal, which is
// asked for twice.
import { useTexts } from '@/components/language/language';
import { Button } from '@/components/ui/button';
import { SelectField } from '@/components/ui/fields';
import { useAskedTwice } from '@/components/ui/use-asked-twice';
import { ROLES, type Role } from '@/lib/rights/rights';
import { accountsTexts } from '@/lib/text/accounts';
import { CopyLine } from './copy-line';

interface PersonRowProps {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly note: string | undefined;
  /** Undefined where the role cannot be changed. */
  readonly onRole?: (role: Role) => void;
  /** Undefined where they have no password to set. */
  readonly onPassword?: () => void;
  /** The link that was made for it, if one was. */
  readonly passwordLink?: string;
  readonly onRemove: () => void;
}

export function PersonRow(props: PersonRowProps) {
  const { name, email, role, note, onRole, onPassword, passwordLink, onRemove } = props;
  const { accountsText } = useTexts(accountsTexts);
  const { people: words, roles } = accountsText;
  const { asking, ask, button, keep } = useAskedTwice();
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 p-4 sm:px-5">
      <span className="min-w-0 flex-1 basis-56">
        <span className="block break-words font-semibold text-[16px]">
          {name}
          {note && <span className="font-normal text-soft"> · {note}</span>}
        </span>
        <span className="block break-words text-[14px] text-soft">{email}</span>
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
      {onPassword && !asking && (
        <Button onClick={onPassword} aria-label={words.newPasswordOf(name)}>
          {words.newPassword}
        </Button>
      )}
      {asking ? (
        <span className="flex flex-wrap items-center gap-2">
          <span className="text-[15px]">{words.sure(name)}</span>
          <Button look="stop" onClick={onRemove}>
            {words.yes}
          </Button>
          <Button ref={keep} onClick={() => ask(false)}>
            {words.no}
          </Button>
        </span>
      ) : (
        <Button ref={button} onClick={() => ask(true)} aria-label={`${words.remove}: ${name}`}>
          {words.remove}
        </Button>
      )}
      {passwordLink && (
        <div className="basis-full">
          <CopyLine label={words.passwordLink(email)} value={passwordLink} />
        </div>
      )}
    </li>
  );
}
