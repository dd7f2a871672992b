// What the routes of accounts answer with: schemas for the pages that read it, and the types of what the server sends.
import * as z from 'zod/mini';
import { ROLES } from '@/lib/auth/permissions';

const person = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
});
/** A user who can sign in. */
export type Person = Readonly<z.infer<typeof person>>;

const signUpLink = z.object({
  id: z.string(),
  role: z.enum(ROLES),
  /** None for the first account. */
  email: z.optional(z.string()),
  /** In milliseconds since 1970. */
  expiresAt: z.number(),
});
/** A link with which one person can create an account. */
export type SignUpLink = Readonly<z.infer<typeof signUpLink>>;

/** Everybody who can sign in, and who is invited. */
export const peopleView = z.object({
  people: z.readonly(z.array(person)),
  invited: z.readonly(z.array(signUpLink)),
});
export type PeopleView = Readonly<z.infer<typeof peopleView>>;

/** A new link, shown once, and the address it is for. */
export const newLink = z.object({ url: z.string(), email: z.string() });

const passkey = z.object({ id: z.string(), name: z.nullish(z.string()) });
/** A passkey as its owner sees it. */
export type PasskeyView = Readonly<z.infer<typeof passkey>>;
/** The answer of better-auth's route. */
export const passkeysView = z.readonly(z.array(passkey));

const key = z.object({
  id: z.string(),
  name: z.string(),
  /** The first characters of the key. */
  start: z.string(),
  rights: z.readonly(z.array(z.string())),
  made_at: z.string(),
  expires_at: z.optional(z.string()),
  used_at: z.optional(z.string()),
});
/** An API key as listed for its owner. Times are ISO 8601. */
export type KeyView = Readonly<z.infer<typeof key>>;
export const keysView = z.object({ keys: z.readonly(z.array(key)) });

const ownedKey = z.extend(key, { owner: z.string() });
/** An API key as listed for admins, with the name of its owner. */
export type OwnedKeyView = Readonly<z.infer<typeof ownedKey>>;
export const ownedKeysView = z.object({ keys: z.readonly(z.array(ownedKey)) });

/** A new API key, shown once. */
export const newKey = z.object({ id: z.string(), key: z.string() });
