// Roles, their permissions, and whether a visitor has one. Pure. `routes.ts` lists the permission that each route
// requires, `pages.ts` those of pages.

/** Roles of users; each has all permissions of those before it. */
export const ROLES = ['caller', 'developer', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Permissions that an API key can have; its owner must have them too. */
export const KEY_PERMISSIONS = [
  /** Own calls: a token for an agent on production, and invitations into such a call. */
  'call',
  /** The history of own calls. */
  'history',
  /** All calls, including live ones, and their statistics. */
  'watch',
  /** Agents on any deployment in any room; creating and ending rooms. */
  'dispatch',
  /** Test calls and diagnostics of the settings. */
  'doctor',
  /** Changing the rules. */
  'rules',
  /** Deleting the data of calls. */
  'delete',
] as const;

/** All permissions. */
export type Permission =
  | (typeof KEY_PERMISSIONS)[number]
  /** Users, their roles, and the audit log. */
  | 'people'
  /** The own account and its keys. */
  | 'account';

/** The lowest role with the permission. */
const MIN_ROLE: Readonly<Record<Permission, Role>> = {
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

/** All permissions. */
export const PERMISSIONS = Object.keys(MIN_ROLE) as readonly Permission[];

/** Permissions that require a signed-in user and never an API key, so that a stolen key cannot create others. */
export const USER_ONLY: readonly string[] = ['people', 'account'] satisfies Permission[];

/** The sender of a request. */
export interface Visitor {
  /**
   * How the visitor is identified: not at all; as the user of this machine, without sign-in; by a session; by an API
   * key; or as a program with the LiveKit secret, such as `npm start`.
   */
  readonly by: 'nobody' | 'local' | 'session' | 'key' | 'operator';
  /** Undefined for an anonymous visitor. */
  readonly role?: Role;
  /** Account id; undefined if there is no account. */
  readonly account?: string;
  /** Name in the audit log. */
  readonly name: string;
  /** Permissions of the key. */
  readonly scopes?: readonly string[];
  /** Origin of an anonymous visitor's page, if it is not ours. */
  readonly origin?: string;
}

/** An unidentified visitor. */
export const ANONYMOUS: Visitor = { by: 'nobody', name: '' };

/** Whether a role has the permission. */
export const roleHasPermission = (role: Role, permission: Permission): boolean =>
  ROLES.indexOf(role) >= ROLES.indexOf(MIN_ROLE[permission]);

/** Whether the visitor has the permission. */
export function hasPermission({ by, role, scopes }: Visitor, permission: Permission): boolean {
  if (role === undefined || !roleHasPermission(role, permission)) return false;
  if (by === 'key')
    return !USER_ONLY.includes(permission) && (scopes?.includes(permission) ?? false);
  return true;
}

/**
 * The account whose calls the visitor may see; undefined means all calls. An anonymous visitor sees none, because no account has
 * an empty id.
 */
export const callsOf = (visitor: Visitor): string | undefined =>
  hasPermission(visitor, 'watch') ? undefined : (visitor.account ?? '');
