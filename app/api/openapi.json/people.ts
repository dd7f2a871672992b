// Accounts in the API's description: people, keys, and the sign-in of our own pages.
import { z } from 'zod';
import { AUTH_PATH } from '@/lib/auth/auth';
import { BODIES, QUERIES } from '@/lib/auth/auth-requests';
import { keyRequest } from '@/lib/auth/keys';
import {
  accountRequest,
  inviteRequest,
  newPassword,
  passwordLinkRequest,
  roleRequest,
} from '@/lib/auth/people';
import { isoTime } from '@/lib/calls/api-schemas';
import { answer, body, empty, type Operation, type Operations, time } from '@/lib/http/operation';

const AT = '2026-11-27T10:00:00.000Z';
const PASSWORD = 'correct horse battery';
const link = z.object({ url: z.string(), email: z.string() });
const LINK = { url: 'https://callboard.example.com/sign-up/Xk2', email: 'ann@example.com' };
const signedIn = answer(z.looseObject({}), { token: '…' }, 'Signed in: sets the session cookie.');

/** better-auth's requests, whose responses are its own. */
const ofBetterAuth = (kind: 'GET' | 'POST', schemas: Readonly<Record<string, z.ZodType>>) =>
  Object.entries(schemas).map(([path, schema]): [string, Operation] => [
    `${kind} ${AUTH_PATH}${path}`,
    {
      summary: `Sign-in of our own pages: ${path.slice(1)}`,
      description: 'As in [better-auth](https://www.better-auth.com/docs).',
      ...(kind === 'POST'
        ? { body: { schema, example: undefined } }
        : { query: schema as z.ZodObject }),
      answers: [{ status: 200, description: "better-auth's response.", schema: z.unknown() }],
      problems: ['sign-in-needed', 'sign-in-failed', 'too-many-attempts'],
    },
  ]);

const listedKey = z.object({
  id: z.string(),
  name: z.string(),
  start: z.string().meta({ description: 'The first characters of the key.' }),
  rights: z.array(z.string()),
  made_at: isoTime,
  expires_at: isoTime.optional(),
  used_at: isoTime.optional(),
});
const SITE_KEY = { id: 'k-1', name: 'Our site', start: 'cb_a1', rights: ['call'], made_at: AT };

export const peopleOperations: Operations = {
  'GET /api/account/keys': {
    summary: 'List your API keys, newest first',
    answers: [answer(z.object({ keys: z.array(listedKey) }), { keys: [SITE_KEY] })],
  },
  'POST /api/account/keys': {
    summary: 'Create an API key',
    body: body(keyRequest, { name: 'Our site', rights: ['call'], days: 90 }),
    answers: [
      answer(
        z.object({ id: z.string(), key: z.string(), name: z.string() }),
        { id: 'k-1', key: 'cb_a1…', name: 'Our site' },
        'The key, which is shown only here.',
        201,
      ),
    ],
  },
  'DELETE /api/account/keys/[id]': {
    summary: 'Delete an API key',
    answers: [empty()],
    problems: ['unknown-key'],
  },
  'GET /api/people/keys': {
    summary: 'List the API keys of everybody, newest first',
    answers: [
      answer(z.object({ keys: z.array(listedKey.extend({ owner: z.string() })) }), {
        keys: [{ ...SITE_KEY, owner: 'Ann' }],
      }),
    ],
  },
  'DELETE /api/people/keys/[id]': {
    summary: 'Delete an API key of anybody',
    answers: [empty()],
    problems: ['unknown-key'],
  },
  'GET /api/people': {
    summary: 'List users and unused sign-up links',
    answers: [
      answer(
        z.object({
          people: z.array(
            z.object({ id: z.string(), name: z.string(), email: z.string(), role: z.string() }),
          ),
          invited: z.array(
            z.object({
              id: z.string(),
              role: z.string(),
              email: z.string().optional(),
              expiresAt: time,
            }),
          ),
        }),
        {
          people: [{ id: 'u-1', name: 'Ann', email: 'ann@example.com', role: 'admin' }],
          invited: [],
        },
      ),
    ],
  },
  'POST /api/people': {
    summary: 'Invite a user',
    body: body(inviteRequest, { role: 'caller', email: 'ann@example.com' }),
    answers: [answer(link, LINK, 'The sign-up link, which is shown only here.', 201)],
    problems: ['person-exists'],
  },
  'PUT /api/people/[id]': {
    summary: "Change a user's role",
    body: body(roleRequest, { role: 'developer' }),
    answers: [empty()],
    problems: ['unknown-person', 'last-admin'],
  },
  'DELETE /api/people/[id]': {
    summary: 'Remove a user, or delete a sign-up link',
    answers: [empty()],
    problems: ['unknown-person', 'last-admin'],
  },
  'POST /api/people/password-links': {
    summary: 'Create a link for setting a new password',
    body: body(passwordLinkRequest, { id: 'u-1' }),
    answers: [
      answer(
        link,
        { ...LINK, url: 'https://callboard.example.com/password/Xk2' },
        'The link, which is shown only here.',
        201,
      ),
    ],
    problems: ['unknown-person'],
  },
  'POST /api/people/password/[link]': {
    summary: "Set a new password with an admin's link",
    body: body(newPassword, { password: PASSWORD }),
    answers: [signedIn],
    problems: ['unknown-link', 'too-many-attempts'],
  },
  'POST /api/people/sign-up/[link]': {
    summary: 'Create an account with a sign-up link',
    body: body(accountRequest, { name: 'Ann', email: 'ann@example.com', password: PASSWORD }),
    answers: [signedIn],
    problems: ['unknown-link', 'person-exists', 'too-many-attempts'],
  },
  ...Object.fromEntries([...ofBetterAuth('GET', QUERIES), ...ofBetterAuth('POST', BODIES)]),
};
