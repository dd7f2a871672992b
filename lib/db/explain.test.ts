// What is said about errors of servers and poolers that tests do not have.
import { expect, it } from 'vitest';
import { explain } from '@/lib/db/explain';
import { newClient, parseServer } from '@/lib/db/server-client';

const said = (error: unknown, query = '') =>
  (explain(error, parseServer(`postgres://u:secret@h/d${query}`)) as Error).message;
const server = (code: string, message: string) =>
  Object.assign(new Error(message), { code, severity: 'FATAL' });
const hba = (end: string) => `no pg_hba.conf entry for host "h", user "u", database "d", ${end}`;

it.each<[string, Error, RegExp]>([
  ['starting', server('57P03', 'the database system is starting up'), /is starting or stopping/],
  ['old pg_hba.conf without', server('28000', hba('SSL off')), /this machine without TLS/],
  ['old pg_hba.conf with', server('28000', hba('SSL on')), /this machine with TLS/],
  ['Azure', server('28000', 'SSL connection is required. Please specify'), /use sslmode=require/],
  ['Supabase', server('XX000', 'Tenant or user not found'), /does not know the user u/],
  [
    'its limit',
    server('XX000', 'MaxClientsInSessionMode: max clients reached'),
    /too many clients/,
  ],
  [
    "a pooler's own password",
    server('08P01', 'server login failed: FATAL password authentication failed for user "u"'),
    /^The pooler cannot log in to PostgreSQL/,
  ],
  [
    "a pooler's options",
    server('08P01', 'unsupported startup parameter in options: geqo'),
    /^The pooler does not accept the parameter geqo/,
  ],
  ['the same, older', server('XX000', 'Max client connections reached'), /too many clients/],
  ['MySQL', new Error('received invalid response: 4a'), /h:5432 is not a PostgreSQL server/],
  ['anything', server('53100', 'disk full.'), /^The server says: disk full\.$/],
  [
    'a migration',
    Object.assign(new Error('Failed query: create …', { cause: server('42601', 'syntax error') }), {
      query: 'create …',
    }),
    /^The server says: syntax error\.$/,
  ],
])('explains %s', (_, error, words) => expect(said(error)).toMatch(words));

it('says what direct TLS needs', () => {
  const error = new Error('Connection terminated unexpectedly');
  expect(said(error, '?sslnegotiation=direct')).toMatch(/needs PostgreSQL 17 with TLS/);
});

it('leaves errors that quote data as they are', () => {
  const error = server('22P02', 'invalid input syntax for type uuid: "my secret"');
  expect(explain(error, parseServer('postgres://h/d'))).toBe(error);
});

it('says which certificate cannot be read, and not that there is no socket', () => {
  const query = '?sslmode=verify-full&sslrootcert=/no/such';
  let error: unknown;
  try {
    newClient(parseServer(`postgres://h/d${query}`));
  } catch (thrown) {
    error = thrown;
  }
  expect(said(error, query)).toMatch(/^sslrootcert of DATABASE_URL cannot be read: .*\/no\/such/);
});
