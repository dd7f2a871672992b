// What an error of the PostgreSQL server of DATABASE_URL means and what to do, in a sentence for the log and the doctor. The
// driver's own words are often "timeout expired", or blame what is right.
import { type DatabaseUrl, serverName } from '@/lib/core/database-url';
import { TimeoutError } from '@/lib/core/wait';

/** A cause in plain words. Its own cause is the driver's error. */
export class ServerFault extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'ServerFault';
  }
}

/** The properties that matter, of the driver's, PostgreSQL's and Node's errors. */
interface Described {
  readonly code?: unknown;
  /** Of PostgreSQL's errors only. */
  readonly severity?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
}

type Words = (at: DatabaseUrl, message: string) => string;

const UNTRUSTED: Words = ({ tls, rootCertificate }) =>
  rootCertificate
    ? `the certificate of the server was not issued by one in sslrootcert, ${rootCertificate} (sslmode=${tls}). Use the root certificate of its provider`
    : `the certificate of the server is not trusted (sslmode=${tls}). Set sslrootcert to the file of its root certificate`;
const NO_ROUTE: Words = (at) =>
  `${serverName(at)} cannot be reached from this machine. If the host has only IPv6 addresses, use one with IPv4, such as the provider's session pooler`;
const NO_ANSWER: Words = (at) =>
  `${serverName(at)} does not answer. Check host and port, that PostgreSQL is running there, and that firewalls and its list of allowed addresses let this machine in`;
const UNKNOWN_HOST: Words = ({ host }) => `the host ${host} is unknown. Check its name, and DNS`;
const WRONG_PASSWORD: Words = ({ user, password }) =>
  password
    ? `the password of the user ${user} is wrong, or there is no such user`
    : `the server asks for the password of the user ${user}, and DATABASE_URL has none`;
const NO_DATABASE: Words = ({ database, user }) =>
  `there is no database ${database ?? user}. Create it, or correct its name`;
const TOO_MANY: Words = () =>
  'the server has too many connections. Raise max_connections, or lower connection_limit';
const NO_POSTGRES: Words = (at) =>
  `${serverName(at)} is not a PostgreSQL server. Check host and port`;
const NO_SOCKET: Words = ({ host }) =>
  `there is no socket of a server in the folder ${host}. Check that the server is running, and the host`;
const STARTING: Words = (at) => `${serverName(at)} is starting or stopping`;

/** By the code of Node's error or PostgreSQL's SQLSTATE. */
const BY_CODE: Readonly<Record<string, Words>> = {
  ENOTFOUND: UNKNOWN_HOST,
  EAI_AGAIN: UNKNOWN_HOST,
  ECONNREFUSED: (at) =>
    `nothing listens at ${serverName(at)}. Check that the server is running, and host and port`,
  ...{ ENOENT: NO_SOCKET, ENOTDIR: NO_SOCKET },
  EACCES: (at) => `this user may not use the socket in ${at.host}`,
  ETIMEDOUT: NO_ANSWER,
  ...{ ENETUNREACH: NO_ROUTE, EHOSTUNREACH: NO_ROUTE, EADDRNOTAVAIL: NO_ROUTE },
  ...{ SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED, DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED },
  ...{ UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED, UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED },
  ...{ UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED, CERT_SIGNATURE_FAILURE: UNTRUSTED },
  CERT_HAS_EXPIRED: () => 'the certificate of the server has expired',
  CERT_NOT_YET_VALID: () => 'the certificate of the server is not valid yet. Check the clocks',
  ERR_TLS_CERT_ALTNAME_INVALID: ({ host }) =>
    `the certificate of the server is not for ${host}. Use the name it is for, or sslmode=verify-ca with sslrootcert`,
  '28P01': WRONG_PASSWORD,
  '25006': ({ user }) =>
    `the server only reads. Use the address of the primary, or, if this is it, turn default_transaction_read_only off for the user ${user} and the database`,
  '3D000': NO_DATABASE,
  '3F000': ({ user }, message) =>
    `${message}. The search_path of the user ${user} must have the schema "public", or another one that exists`,
  '53300': TOO_MANY,
  '55P03': () =>
    'another process holds the lock for long: a web process that does the same, or a client with an open transaction',
  ...{ '57P01': STARTING, '57P02': STARTING, '57P03': STARTING },
  '42501': ({ user }, message) =>
    `${message}. The user ${user} must own the database, or have CREATE on it and on its schema "public"`,
};

const POOL_USED_UP =
  'the connection pooler has no free connection to the server. Raise its pool size (pgbouncer: default_pool_size) above 23 for each web process, lower connection_limit, or connect directly';

/** By the message, for what has no code, or one with many meanings: node-postgres's own, PostgreSQL's 28000, pgbouncer's 08P01. */
const BY_MESSAGE: readonly (readonly [RegExp, Words])[] = [
  // node-postgres (client.js, connection.js, crypto/sasl.js)
  [/^timeout expired$|connection timeout$/, NO_ANSWER],
  [/^Query read timeout$/, () => `there was no answer to the first query: ${POOL_USED_UP}`],
  [
    /does not support SSL connections/,
    ({ tls }) =>
      `the server has no TLS, which sslmode=${tls} requires. Turn it on there, or use sslmode=disable in a network that you trust`,
  ],
  [
    /error establishing an SSL connection/,
    (at) => `${serverName(at)} refuses TLS, or is not a PostgreSQL server`,
  ],
  [/^received invalid response/, NO_POSTGRES],
  // Node's, of OpenSSL: its reason is the fifth part.
  [
    /error:\w+:SSL routines:/,
    (at, message) =>
      `TLS with ${serverName(at)} failed: ${/SSL routines:[^:]*:([^:]*)/.exec(message)?.[1]}. Check that it is a PostgreSQL server, and its versions of TLS`,
  ],
  [/is not queryable$/, (at) => `the connection to ${serverName(at)} was lost`],
  [/client password must be a/, WRONG_PASSWORD],
  [
    /^Connection terminated unexpectedly$|^read ECONNRESET$|socket disconnected/,
    (at) =>
      `${serverName(at)} closed the connection. ${at.directTls ? 'sslnegotiation=direct needs PostgreSQL 17 with TLS. ' : ''}Check that it is a PostgreSQL server, and its log`,
  ],
  // pgbouncer, which may quote what PostgreSQL told it
  [
    /cannot connect to server|server login (has been|failed)|server_login_retry|\(server down\)/,
    (_, message) => `the pooler cannot log in to PostgreSQL: ${message}. See its log`,
  ],
  // PostgreSQL (src/backend/libpq/auth.c)
  [
    /no pg_hba.conf entry|pg_hba.conf rejects/,
    ({ user, host, tls }, message) => {
      const how = /SSL (on|encryption)/.test(message) ? 'with TLS' : 'without TLS';
      const todo =
        tls === 'disable' && !host.startsWith('/') ? 'Remove sslmode=disable, or see' : 'See';
      return `the server does not let the user ${user} in from this machine ${how}. ${todo} its pg_hba.conf`;
    },
  ],
  [
    /role ".*" does not exist|no such user|"trust" authentication failed/,
    ({ user }) => `there is no user ${user}`,
  ],
  [
    /no PostgreSQL user name specified/,
    () => 'DATABASE_URL has no user: postgres://USER:PASSWORD@…',
  ],
  [
    /is not permitted to log in/,
    ({ user }) =>
      `the user ${user} may not log in. Let a superuser run: alter role "${user}" login`,
  ],
  [/connection limit exceeded|remaining connection slots|too many (connections|clients)/, TOO_MANY],
  // pgbouncer
  [
    /unsupported startup parameter\b/i,
    (_, message) =>
      `the pooler does not accept the parameter ${/: *(\w+)/.exec(message)?.[1]}. Remove it from DATABASE_URL, or add it to pgbouncer's ignore_startup_parameters`,
  ],
  [/no such database|database ".*" does not exist/, NO_DATABASE],
  [/password authentication failed|SASL authentication failed/, WRONG_PASSWORD],
  [/SSL (connection is )?required/, () => 'the server requires TLS: use sslmode=require'],
  [/query_wait_timeout/, () => POOL_USED_UP],
  [
    /no more connections allowed|max client(s| connections) reached/i,
    () =>
      'the pooler has too many clients. Raise its limit (pgbouncer: max_client_conn; Supabase: pool size), or lower connection_limit',
  ],
  // Supabase's
  [
    /Tenant or user not found/,
    ({ user, host }) =>
      `the pooler ${host} does not know the user ${user}. Copy the host, which is that of a region, and the user, postgres.PROJECT`,
  ],
];

/** Classes of SQLSTATE of errors that quote names or queries, and those that quote data. */
const QUOTES = /^(22|23|42)/;
const QUOTES_DATA = /^(22|23)/;

/** An error and its causes; the driver gives one error for each address that it tried. */
function* chain(error: unknown): Generator<Described> {
  if (typeof error !== 'object' || error === null) return;
  yield error;
  const { cause, errors = [] } = error as Described;
  yield* chain(cause);
  for (const one of errors) yield* chain(one);
}

/** A sentence, unless it begins with the name of a server. */
const capital = (text: string) =>
  text.replace(/^[a-z]+ /, (word) => word.charAt(0).toUpperCase() + word.slice(1));

/** An error in plain words, with the given one as its cause; one that needs no words is returned as it is. */
export function explain(error: unknown, at: DatabaseUrl): unknown {
  for (const one of chain(error)) {
    if (one instanceof ServerFault) return one;
    // Drizzle's, whose message is a query with its values.
    if ('query' in one) continue;
    const { code, message } = one;
    const text = typeof message === 'string' ? message : '';
    const words =
      (QUOTES.test(String(code))
        ? undefined
        : BY_MESSAGE.find(([pattern]) => pattern.test(text))?.[1]) ??
      (typeof code === 'string' && Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined);
    if (words) return new ServerFault(`${capital(words(at, text))}.`, error);
    if (one instanceof TimeoutError)
      return new ServerFault(`${capital(NO_ANSWER(at, ''))}.`, error);
    // Drizzle's message would hide it.
    if (one.severity && !QUOTES_DATA.test(String(code)))
      return new ServerFault(`The server says: ${text.replace(/[.?]$/, '')}.`, error);
  }
  return error;
}
