// The requests to better-auth that our pages send. It accepts more: fields that it stores, of any length, and values that make
// it fail. Nothing else reaches it.
import { z } from 'zod';
import { OIDC, REDIRECT_MAX, safeRedirectPath } from '@/lib/auth/sign-in';
import { isUnstorable } from '@/lib/core/unstorable';

/** Maximum body size in bytes. Our own choice: a passkey's registration has about 2 KB. */
export const AUTH_BODY_MAX = 16 * 1024;
/** Minimum password length: NIST SP 800-63B-4 requires 15 if there is no second factor. */
export const PASSWORD_MIN = 15;
/** Maximum password length: better-auth's own limit. */
const PASSWORD_MAX = 128;
/** Maximum length of a passkey's name. Our own choice. */
const NAME_MAX = 100;
/** Maximum length of a credential's id: WebAuthn allows 1,023 bytes. */
const CREDENTIAL_MAX = 1_364;
/** Maximum length of other binary values of a passkey. Our own choice: keys and certificates fit. */
const BINARY_MAX = 12_000;

export const SIGN_IN = '/sign-in/email';
export const TO_PROVIDER = '/sign-in/oauth2';
export const FROM_PROVIDER = `/oauth2/callback/${OIDC}`;
export const CHANGE_PASSWORD = '/change-password';
export const DELETE_PASSKEY = '/passkey/delete-passkey';
export const REGISTER_PASSKEY = '/passkey/verify-registration';
export const SIGN_IN_BY_PASSKEY = '/passkey/verify-authentication';

/** Text that the database can store. */
export const storableText = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !isUnstorable(text), 'has characters that cannot be stored');

/** An e-mail address as accounts have it. */
export const email = z.email().max(254).toLowerCase();
const password = z.string().min(1).max(PASSWORD_MAX);
/** A password that somebody chooses. */
export const newPassword = z.string().min(PASSWORD_MIN).max(PASSWORD_MAX);
const binary = (max = BINARY_MAX) =>
  z
    .string()
    .max(max)
    .regex(/^[\w-]*$/, 'must be base64url');

/** A path of this server, to open after signing in. */
const path = z
  .string()
  .max(REDIRECT_MAX)
  .refine((asked) => safeRedirectPath(asked) === asked, 'must be a path of this server');

/** What both kinds of responses of an authenticator have. */
const credential = {
  id: binary(CREDENTIAL_MAX).min(1),
  rawId: binary(CREDENTIAL_MAX).min(1),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
  // Not used: whatever an extension returns is left out.
  clientExtensionResults: z.object({}).optional(),
};

const registered = z.strictObject({
  ...credential,
  response: z.strictObject({
    attestationObject: binary(),
    clientDataJSON: binary(),
    transports: z
      .array(z.string().regex(/^[a-z-]{1,20}$/))
      .max(10)
      .optional(),
    publicKeyAlgorithm: z.int().optional(),
    publicKey: binary().optional(),
    authenticatorData: binary().optional(),
  }),
});

const proven = z.strictObject({
  ...credential,
  response: z.strictObject({
    authenticatorData: binary(),
    clientDataJSON: binary(),
    signature: binary(),
    userHandle: binary().optional(),
  }),
});

/** The bodies of POST requests by path. */
export const BODIES = {
  [SIGN_IN]: z.strictObject({ email, password }),
  [TO_PROVIDER]: z.strictObject({
    providerId: z.literal(OIDC),
    callbackURL: path,
    errorCallbackURL: z
      .string()
      // Each character of the path may be encoded as three.
      .max('/sign-in?next='.length + 3 * REDIRECT_MAX)
      .regex(/^\/sign-in(\?next=[\w.!~*'()%-]*)?$/),
  }),
  '/sign-out': z.strictObject({}),
  [CHANGE_PASSWORD]: z.strictObject({
    currentPassword: password,
    newPassword,
    // All other sessions always end.
    revokeOtherSessions: z.literal(true).optional(),
  }),
  [SIGN_IN_BY_PASSKEY]: z.strictObject({ response: proven }),
  [REGISTER_PASSKEY]: z.strictObject({
    response: registered,
    name: storableText(NAME_MAX).optional(),
  }),
  [DELETE_PASSKEY]: z.strictObject({ id: z.string().regex(/^[\w-]{1,64}$/) }),
} as const;

/** The query strings of GET requests by path. */
export const QUERIES = {
  // The provider's response: OAuth 2.0 tells clients to ignore parameters that they do not know.
  [FROM_PROVIDER]: z.looseObject({
    state: z
      .string()
      .regex(/^[\w-]{1,64}$/)
      .optional(),
  }),
  '/passkey/generate-authenticate-options': z.strictObject({}),
  '/passkey/generate-register-options': z.strictObject({
    name: storableText(NAME_MAX).optional(),
  }),
  '/passkey/list-user-passkeys': z.strictObject({}),
} as const;
