// DATABASE_URL as providers and tools print it. Each parameter has the meaning that libpq gives it, is known to be of no
// use here, or is refused with words: a driver would ignore it, or send it to the server, which then refuses everybody.
// Source: https://www.postgresql.org/docs/current/libpq-connect.html, and the documentation of the tools named below.

/** How the connection is encrypted, as libpq's `sslmode`. `allow` is like `prefer`: both also connect without TLS. */
type TlsMode = 'disable' | 'prefer' | 'require' | 'verify-ca' | 'verify-full';

/** A parsed DATABASE_URL. */
export interface DatabaseUrl {
  /** Host name, address without brackets, or the folder of a Unix socket, which begins with a slash. */
  readonly host: string;
  readonly port: number;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly database?: string | undefined;
  readonly tls: TlsMode;
  /** Path of a file with root certificates; without it, those of Node.js apply. */
  readonly rootCertificate?: string | undefined;
  /** Paths of the client's certificate and its key, and the key's passphrase. */
  readonly certificate?: string | undefined;
  readonly key?: string | undefined;
  readonly passphrase?: string | undefined;
  readonly minTls?: string | undefined;
  readonly maxTls?: string | undefined;
  /** Whether TLS starts without PostgreSQL's own negotiation. */
  readonly directTls: boolean;
  readonly channelBinding: 'disable' | 'prefer' | 'require';
  /** Command line options for the server, or what a provider's proxy reads there, such as Neon's `endpoint=…`. */
  readonly options?: string | undefined;
  readonly applicationName: string;
  /** Seconds to connect; undefined for the usual time. */
  readonly connectS?: number | undefined;
  /** Maximum connections for queries; undefined for the usual number. */
  readonly connections?: number | undefined;
  /** Whether a server that only reads is refused. */
  readonly writable: boolean;
  /** Names of parameters that have no effect. */
  readonly ignored: readonly string[];
}

type Env = Readonly<Record<string, string | undefined>>;

/** A DATABASE_URL that cannot be used. The message continues "DATABASE_URL …", and has no secret. */
export class DatabaseUrlError extends Error {}

const refuse = (message: string): never => {
  throw new DatabaseUrlError(message);
};

const ENCODED = '# as %23, / as %2F, ? as %3F, @ as %40, % as %25';
const FORM = `must be postgres://USER:PASSWORD@HOST:PORT/DATABASE?PARAMETERS, with special characters in each part percent-encoded: ${ENCODED}`;
/** What stands for a password: in providers' forms, hidden ones, and variables that nothing has replaced. */
const PLACEHOLDER = /:(\[[\w -]*password\]|<[\w -]*password>|\*{3,}|\$\{\w+\}|\$\(\w+\))@/i;

/**
 * Parameters without an effect, because they are other programs' own, or because Callboard has its own limits: of libpq,
 * Prisma, JDBC, postgres.js, pgx, SQLAlchemy, Rails, Doctrine and YugabyteDB, and of Supabase's integrations.
 */
const IGNORED = new Set(
  [
    // libpq: what does not change with whom and how securely the connection is made.
    'krbsrvname gsslib gssdelegation sslcompression sslsni sslcertmode sslkeylogfile',
    'max_protocol_version min_protocol_version',
    // Prisma and JDBC
    'pgbouncer single_use_connections preferQueryMode binaryTransfer tcpNoDelay reWriteBatchedInserts stringtype',
    'assumeMinServerVersion defaultRowFetchSize autosave logUnclosedConnections',
    // Others
    'max max_overflow fetch_types backoff reaping_frequency default_query_exec_mode uselibpqcompat timezone TimeZone',
    'serverVersion server_version topology_keys topologyKeys',
    // Supabase's strings for Vercel
    'supa workaround',
  ]
    .join(' ')
    .split(' '),
);
/** How connections and statements are kept, shared and balanced: nearly every tool has names of its own for that. */
const IGNORED_KIND =
  /pool|cache|keep_?alive|timeout|life_?time|idle|prepare|load_?balance|max_?conn|conn_?max/i;

const REMOVE_IT = 'Callboard does not support it: remove it';
/** Parameters that would change something which matters, with what to do instead. */
const REFUSED: Readonly<Record<string, string>> = {
  hostaddr: 'use the address as the host',
  passfile: 'put the password into the URL or into PGPASSWORD',
  service: 'put the host, the user and the database into the URL',
  servicefile: 'put the host, the user and the database into the URL',
  replication: REMOVE_IT,
  require_auth: REMOVE_IT,
  requirepeer: REMOVE_IT,
  sslcrl: `${REMOVE_IT}, or use another sslrootcert`,
  sslcrldir: `${REMOVE_IT}, or use another sslrootcert`,
  sslfactory: 'use sslmode and sslrootcert',
  sslidentity: 'use sslcert and sslkey, with PEM files',
};

/** Names of other tools, with libpq's. */
const RENAMED = new Map(
  Object.entries({
    ApplicationName: 'application_name',
    currentSchema: 'schema',
    search_path: 'schema',
    connectTimeout: 'connect_timeout',
    channelBinding: 'channel_binding',
    gssEncMode: 'gssencmode',
    database: 'dbname',
    username: 'user',
    encoding: 'client_encoding',
    charset: 'client_encoding',
    sslpassphrase: 'sslpassword',
    targetServerType: 'target_session_attrs',
    sslMinProtocolVersion: 'ssl_min_protocol_version',
  }),
);

/** Values of `sslmode` and of other tools' `ssl`, and their meaning. */
const TLS_MODES: Readonly<Record<string, TlsMode>> = {
  ...{ disable: 'disable', allow: 'prefer', prefer: 'prefer', require: 'require' },
  ...{ 'verify-ca': 'verify-ca', 'verify-full': 'verify-full' },
  // Of node-postgres.
  'no-verify': 'require',
};
const TLS_SWITCHES: Readonly<Record<string, TlsMode>> = {
  ...TLS_MODES,
  ...{ true: 'require', '1': 'require', false: 'disable', '0': 'disable' },
};
/** Prisma's `sslaccept`. */
const TLS_ACCEPTED: Readonly<Record<string, TlsMode>> = {
  strict: 'verify-full',
  accept_invalid_certs: 'require',
};
const BINDINGS = { disable: 'disable', prefer: 'prefer', require: 'require' } as const;
const NEGOTIATIONS = { postgres: false, direct: true } as const;
/** `target_session_attrs`: whether the server must accept writes. There is one host, so there is nothing to prefer. */
const SESSION_ATTRIBUTES = {
  ...{ any: false, 'prefer-standby': false, 'read-write': true, primary: true },
  ...{ preferSecondary: false, preferPrimary: false, master: true },
} as const;
const TLS_VERSIONS = {
  TLSv1: 'TLSv1',
  'TLSv1.1': 'TLSv1.1',
  'TLSv1.2': 'TLSv1.2',
  'TLSv1.3': 'TLSv1.3',
};

/** Parts of a URL: user information, hosts, path and query. A password may have an unencoded `@`. */
const PARTS = /^postgres(?:ql)?:\/\/(?:([^/?#]*)@)?([^/?#@]*)(?:\/([^/?#]*))?(?:\?([^#]*))?$/i;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return refuse(FORM);
  }
}

/** Parameters by libpq's names, not decoded. A later one replaces an earlier one. */
function parametersOf(query: string): Map<string, string> {
  const set = new Map<string, string>();
  for (const part of query.split('&').filter(Boolean)) {
    const [, said = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(part) ?? [];
    const name = RENAMED.get(said) ?? said;
    if (Object.hasOwn(REFUSED, name)) refuse(`has the parameter ${said}: ${REFUSED[name]}`);
    set.set(name, value);
  }
  return set;
}

/** Host and port: the parameters win over the URL, and the URL over the environment. */
function placeOf(
  place: string,
  asked: string | undefined,
  askedPort: string | undefined,
  env: Env,
): { host: string; port: number } {
  if (place.includes(',') || asked?.includes(',')) {
    refuse('has several hosts: use one, such as a name that always points to the primary');
  }
  const [, bracketed, plain = '', ownPort = ''] =
    /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(\d*))?$/.exec(place) ??
    refuse(
      place.includes('[') || place.split(':').length > 2
        ? 'must have an IPv6 address in brackets, such as [::1]:5432'
        : `has an invalid port. If the password has special characters, percent-encode them: ${ENCODED}`,
    );
  const host = asked || decode(bracketed ?? plain) || env.PGHOST || 'localhost';
  const port = askedPort || ownPort || env.PGPORT || '5432';
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    refuse('has an invalid port');
  }
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port) };
}

/**
 * Parses DATABASE_URL.
 * @param env for libpq's variables, such as PGPASSWORD, which apply if the URL says nothing
 * @throws {DatabaseUrlError} if something in it cannot be used
 */
export function parseDatabaseUrl(text: string, env: Env = {}): DatabaseUrl {
  const url = text.trim();
  if (!/^postgres(ql)?:\/\//i.test(url)) {
    refuse(
      'must be a URL that begins with postgres:// or postgresql://, without quotation marks or a command around it',
    );
  }
  const [, placeholder] = PLACEHOLDER.exec(url) ?? [];
  if (placeholder) refuse(`must have your password in place of ${placeholder}`);
  const [, login = '', place = '', path = '', query = ''] = PARTS.exec(url) ?? refuse(FORM);
  // The second part of a password with a slash or a question mark.
  const inQuery = !login && query.includes('@') && !/(^|&)user=/.test(query);
  if (path.includes('@') || inQuery) refuse(FORM);
  const set = parametersOf(query);
  const take = (name: string): string | undefined => {
    const value = set.get(name);
    set.delete(name);
    return value ? decode(value) : undefined;
  };
  /** The meaning of a parameter's value. */
  const one = <T>(name: string, values: Readonly<Record<string, T>>): T | undefined => {
    const value = take(name);
    if (value === undefined) return undefined;
    if (Object.hasOwn(values, value)) return values[value];
    return refuse(`has an unknown value of ${name}. Use ${Object.keys(values).join(', ')}`);
  };
  const count = (name: string, max: number): number | undefined => {
    const value = take(name);
    if (value === undefined) return undefined;
    if (!/^\d{1,9}$/.test(value)) refuse(`must have a number as ${name}`);
    return Math.min(Number(value), max) || undefined;
  };

  const { host, port } = placeOf(place, take('host'), take('port'), env);
  const [, name = '', secret] = /^([^:]*)(?::(.*))?$/s.exec(login) ?? [];
  const user = (take('user') ?? decode(name)) || env.PGUSER || env.USER;
  const password = (take('password') ?? decode(secret ?? '')) || env.PGPASSWORD;
  const database = (take('dbname') ?? decode(path)) || env.PGDATABASE;

  const rootCertificate = take('sslrootcert') ?? env.PGSSLROOTCERT;
  const certificate = take('sslcert');
  const key = take('sslkey');
  const directTls = one('sslnegotiation', NEGOTIATIONS) ?? false;
  const mode = one('sslmode', TLS_MODES);
  const ssl = one('ssl', TLS_SWITCHES);
  const required = take('requiressl') === '1' ? 'require' : undefined;
  const tls = tlsOf({
    host,
    directTls,
    rootCertificate,
    asked: mode ?? ssl ?? required,
    accepted: one('sslaccept', TLS_ACCEPTED),
    usual: env.PGSSLMODE ? TLS_MODES[env.PGSSLMODE] : undefined,
  });
  if ((certificate === undefined) !== (key === undefined)) {
    refuse(
      'must have both sslcert and sslkey, for a certificate of the client; a root certificate is sslrootcert',
    );
  }
  const schema = take('schema');
  if (schema !== undefined && schema !== 'public') {
    refuse(
      'has a schema: Callboard keeps its tables in "public". Remove it, and use a database of its own',
    );
  }
  const options = take('options');
  if (/search_path/i.test(options ?? '')) {
    refuse(
      'has a search_path in options: Callboard keeps its tables in "public". Use a database of its own',
    );
  }
  const encoding = take('client_encoding');
  if (encoding !== undefined && !/^(utf-?8|utf8mb4|auto|unicode)$/i.test(encoding)) {
    refuse('has another client_encoding than UTF8, which Callboard uses');
  }
  if (take('gssencmode') === 'require') refuse('has gssencmode=require: use TLS, with sslmode');
  const writable = one('target_session_attrs', SESSION_ATTRIBUTES) ?? false;
  const fallbackName = take('fallback_application_name');
  const parsed: DatabaseUrl = {
    host,
    port,
    ...(user && { user }),
    ...(password && { password }),
    ...(database && { database }),
    tls,
    ...(rootCertificate && rootCertificate !== 'system' && { rootCertificate }),
    ...(certificate && { certificate }),
    ...(key && { key }),
    passphrase: take('sslpassword'),
    minTls: one('ssl_min_protocol_version', TLS_VERSIONS),
    maxTls: one('ssl_max_protocol_version', TLS_VERSIONS),
    directTls,
    channelBinding: one('channel_binding', BINDINGS) ?? 'prefer',
    ...(options && { options }),
    applicationName: take('application_name') ?? fallbackName ?? 'callboard',
    connectS: count('connect_timeout', 60),
    connections: count('connection_limit', 100),
    writable,
    // What is left.
    ignored: [...set.keys()],
  };
  const unknown = parsed.ignored.find((one) => !IGNORED.has(one) && !IGNORED_KIND.test(one));
  if (unknown !== undefined) {
    // The rest of a password may look like a parameter, and is not repeated.
    if (query.includes('@')) refuse(FORM);
    refuse(`has the unknown parameter ${unknown}: correct its name, or remove it`);
  }
  if (parsed.channelBinding === 'require' && (tls === 'disable' || tls === 'prefer')) {
    refuse('has channel_binding=require, which needs sslmode=require or stricter');
  }
  return parsed;
}

function tlsOf({
  host,
  directTls,
  rootCertificate,
  asked,
  accepted,
  usual,
}: {
  host: string;
  directTls: boolean;
  rootCertificate: string | undefined;
  asked: TlsMode | undefined;
  accepted: TlsMode | undefined;
  usual: TlsMode | undefined;
}): TlsMode {
  // As in libpq, a Unix socket is never encrypted.
  if (host.startsWith('/')) return 'disable';
  const mode =
    (accepted === 'verify-full' && asked !== 'disable' ? accepted : asked) ?? accepted ?? usual;
  if (directTls && (mode === undefined || mode === 'prefer')) return 'require';
  if (directTls && mode === 'disable') refuse('has sslnegotiation=direct, which needs TLS');
  if (rootCertificate === 'system') {
    if (mode !== undefined && mode !== 'verify-full') {
      refuse('has sslrootcert=system, which needs sslmode=verify-full');
    }
    return 'verify-full';
  }
  if (mode === 'verify-ca' && !rootCertificate) {
    refuse(
      'has sslmode=verify-ca, which needs sslrootcert; for a public certificate, use sslmode=verify-full',
    );
  }
  // libpq: with a root certificate, `require` checks it.
  if (mode === 'require' && rootCertificate) return 'verify-ca';
  return mode ?? 'prefer';
}

/** The server for people: host and port, or the folder of its socket. */
export const serverName = ({ host, port }: Pick<DatabaseUrl, 'host' | 'port'>): string =>
  host.startsWith('/') ? host : `${host.includes(':') ? `[${host}]` : host}:${port}`;
