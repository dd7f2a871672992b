// Who may do what, in words: the roles, their rights, and whether a visitor has one. Pure; which right
// a route wants stands in `routes.ts`, which one a page wants in `pages.ts`.

/** Roles of people, each with all rights of those before it. */
export const ROLES = ['caller', 'developer', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Rights that an API key can be given; its owner must have them too. */
export const KEY_RIGHTS = [
  /** Calls of one's own: a token for an agent on production, the invitations into such a call. */
  'call',
  /** The history of one's own calls. */
  'history',
  /** All calls, live ones too, and the figures made of them. */
  'watch',
  /** Agents into any room on any deployment, rooms and their end. */
  'dispatch',
  /** Trial calls and what the settings look like from inside. */
  'doctor',
  /** The rules, to be changed. */
  'rules',
  /** Deletion of what is kept of a call. */
  'delete',
] as const;

/** Every right. */
export type Right =
  | (typeof KEY_RIGHTS)[number]
  /** Accounts and their roles, and who did what. */
  | 'people'
  /** One's own account and its keys. */
  | 'account';

/** The least role that has the right. */
const LEAST: Readonly<Record<Right, Role>> = {
  call: 'caller',
  history: 'caller',
  account: 'caller',
  watch: 'developer',
  dispatch: 'developer',
  doctor: 'developer',
  rules: 'admin',
  delete: 'admin',
  people: 'admin',
};

/** All of them. */
export const RIGHTS = Object.keys(LEAST) as readonly Right[];

/** Rights that only a person who is signed in has, never a key of theirs: a stolen key makes no other. */
const IN_PERSON: readonly Right[] = ['people', 'account'];

/** Who asks. */
export interface Visitor {
  /**
   * How that is known: nobody; whoever sits at this machine, without sign-in; a session; an API key; or
   * a program that has the LiveKit secret, as `npm start` has.
   */
  readonly by: 'nobody' | 'local' | 'session' | 'key' | 'operator';
  /** Undefined for a stranger. */
  readonly role?: Role;
  /** Id of the account; undefined where there is none behind it. */
  readonly account?: string;
  /** What they are called in the audit log. */
  readonly name: string;
  /** What a key was made for. */
  readonly scopes?: readonly string[];
}

/** Nobody who is known. */
export const STRANGER: Visitor = { by: 'nobody', name: '' };

/** Whether a role has the right. */
export const roleMay = (role: Role, right: Right): boolean =>
  ROLES.indexOf(role) >= ROLES.indexOf(LEAST[right]);

/** Whether the visitor has the right. */
export function may({ by, role, scopes }: Visitor, right: Right): boolean {
  if (role === undefined || !roleMay(role, right)) return false;
  if (by === 'key') return !IN_PERSON.includes(right) && (scopes?.includes(right) ?? false);
  return true;
}

/**
 * Whose calls the visitor may see: undefined is everybody's. A stranger has none: no account has an
 * empty id.
 */
export const callsOf = (visitor: Visitor): string | undefined =>
  may(visitor, 'watch') ? undefined : (visitor.account ?? '');
