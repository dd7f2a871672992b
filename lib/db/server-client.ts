// One connection to the PostgreSQL server of DATABASE_URL: node-postgres with what libpq does besides, so that every
// connection of this process is made in the same way.
import { readFileSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { type ConnectionOptions, createSecureContext } from 'node:tls';
import pg from 'pg';
import { type DatabaseUrl, parseDatabaseUrl } from '@/lib/core/database-url';
import { withTimeout } from '@/lib/core/wait';
import { explain, ServerFault } from '@/lib/db/explain';

/** Seconds to connect, unless DATABASE_URL has `connect_timeout`: a caller does not wait longer. */
const CONNECT_S = 5;
/** Milliseconds for the first query: a pooler accepts connections that it has no server for. */
const FIRST_ANSWER_MS = 5_000;
/** Milliseconds of silence before TCP looks whether the server is still there. */
const KEEPALIVE_MS = 5_000;

/**
 * Limits that a provider, or whoever made the user, may have set for it: locks are waited for, and held while nothing is asked.
 * Source: https://www.postgresql.org/docs/current/runtime-config-client.html
 */
const NO_LIMITS = Object.fromEntries(
  [
    ...['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'],
    ...['idle_session_timeout', 'transaction_timeout'],
  ].map((name) => [name, '0']),
);

/** What a connection is for. */
export interface Purpose {
  /** Follows the application's name in PostgreSQL's list of connections. */
  readonly name?: string;
  /** Seconds to connect at most. */
  readonly connectMaxS?: number;
  /** Values of PostgreSQL's settings. Those that the server does not know are left out. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Name of a connection in PostgreSQL's list. */
export const applicationName = (url: DatabaseUrl, name?: string): string =>
  name ? `${url.applicationName} ${name}` : url.applicationName;

/** The settings' DATABASE_URL. */
export const parseServer = (url: string): DatabaseUrl => parseDatabaseUrl(url, process.env);

function readCertificate(parameter: string, path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  try {
    const text = readFileSync(path, 'utf8');
    // Node.js would go on without a root certificate that it cannot read.
    if (!text.includes('-----BEGIN ')) throw new Error(`${path} is not a PEM file`);
    return text;
  } catch (error) {
    const why = (error as Error).message;
    throw new ServerFault(`${parameter} of DATABASE_URL cannot be read: ${why}.`, error);
  }
}

/** TLS as libpq means it: only `verify-full` checks the name, and `require` nothing. */
function tlsOf(url: DatabaseUrl): ConnectionOptions | false {
  if (url.tls === 'disable') return false;
  const verified = url.tls === 'verify-ca' || url.tls === 'verify-full';
  const options: ConnectionOptions = {
    rejectUnauthorized: verified,
    ...(url.tls === 'verify-ca' && { checkServerIdentity: () => undefined }),
    ca: readCertificate('sslrootcert', url.rootCertificate),
    cert: readCertificate('sslcert', url.certificate),
    key: readCertificate('sslkey', url.key),
    passphrase: url.passphrase,
    minVersion: url.minTls as ConnectionOptions['minVersion'],
    maxVersion: url.maxTls as ConnectionOptions['maxVersion'],
  };
  try {
    if (options.cert) createSecureContext(options);
  } catch (error) {
    const why = (error as Error).message.split(':').at(-1);
    throw new ServerFault(
      `sslcert, sslkey and sslpassword of DATABASE_URL do not work together: ${why}.`,
      error,
    );
  }
  return options;
}

/** Options of a {@link ServerClient}, also through a pool. @throws Error if a certificate cannot be read */
function clientOptions(url: DatabaseUrl, purpose: Purpose) {
  const connectS = Math.min(
    url.connectS ?? CONNECT_S,
    purpose.connectMaxS ?? Number.POSITIVE_INFINITY,
  );
  return {
    ...{ host: url.host, port: url.port, user: url.user, password: url.password },
    ...{ database: url.database, options: url.options, ssl: tlsOf(url) },
    sslnegotiation: url.directTls ? ('direct' as const) : ('postgres' as const),
    enableChannelBinding: url.channelBinding !== 'disable',
    application_name: applicationName(url, purpose.name),
    ...{ keepAlive: true, keepAliveInitialDelayMillis: KEEPALIVE_MS },
    // Not `connectionTimeoutMillis`, which in a pool also limits the wait for a free connection.
    connectMs: connectS * 1_000,
    ...{ server: url, purpose },
  };
}
type Options = ReturnType<typeof clientOptions>;

/** What node-postgres's connection has, but not its types. */
interface Wire {
  stream: Duplex;
  connect(port: number, host: string): void;
  attachListeners(stream: Duplex): void;
}

/** The server's answer to a request for TLS: it has none. */
const NO_TLS = 'N'.charCodeAt(0);

/**
 * A connection that continues without TLS if the server has none: `sslmode=prefer`, which node-postgres (8.23) treats as
 * `verify-full`.
 */
class OptionalTls extends pg.Connection {
  connect(port: number, host: string): void {
    const wire = this as unknown as Wire;
    const inherited = pg.Connection.prototype as unknown as Wire;
    inherited.connect.call(this, port, host);
    const { stream } = wire;
    const negotiate = stream.listeners('data').at(-1) as (answer: Buffer) => void;
    stream.removeAllListeners('data');
    stream.once('data', (answer: Buffer) => {
      if (answer.length !== 1 || answer[0] !== NO_TLS) return negotiate(answer);
      wire.attachListeners(stream);
      this.emit('sslconnect');
    });
  }
}

/**
 * One connection. An error while nothing is asked of it is not thrown: the next query has it.
 */
export class ServerClient extends pg.Client {
  readonly #options: Options;

  constructor(config?: unknown) {
    const options = config as Options;
    const { connectMs: connectionTimeoutMillis, server, password } = options;
    const connection = server.tls === 'prefer' ? new OptionalTls(options) : undefined;
    // A pool hides the password, and so it is not copied.
    super({ ...options, password, connectionTimeoutMillis, ...(connection && { connection }) });
    this.#options = options;
    this.on('error', () => undefined);
    if (server.channelBinding === 'require') this.#requireChannelBinding();
  }

  /**
   * Ends the connection if the server does not ask for a login that proves that it has the certificate, as libpq does.
   * node-postgres has no such option.
   */
  #requireChannelBinding(): void {
    const { connection } = this;
    const isBound = (mechanisms: readonly string[]) => mechanisms.includes('SCRAM-SHA-256-PLUS');
    let bound = false;
    const end = () => {
      // The server may have said in the same packet that it is ready.
      connection.removeAllListeners('readyForQuery');
      connection.stream.destroy(
        new Error('channel_binding=require, but the server does not offer channel binding'),
      );
    };
    connection.on('authenticationSASL', ({ mechanisms }: { mechanisms: readonly string[] }) => {
      bound = isBound(mechanisms);
      if (!bound) end();
    });
    for (const weaker of ['authenticationCleartextPassword', 'authenticationMD5Password']) {
      connection.on(weaker, end);
    }
    connection.on('authenticationOk', () => bound || end());
  }

  /** Prepares a new connection for its purpose. @throws Error if the server gives no answer, or only reads but must not */
  async prepare(): Promise<void> {
    const { server, purpose } = this.#options;
    const { rows } = await this.query({
      text: `select count(set_config(name, value, false)),
          pg_is_in_recovery() or current_setting('transaction_read_only')::bool as read_only
        from json_each_text($1) as wanted (name, value) where name in (select name from pg_settings)`,
      values: [JSON.stringify({ ...NO_LIMITS, ...purpose.settings })],
      query_timeout: FIRST_ANSWER_MS,
    } as pg.QueryConfig);
    if (server.writable && rows[0]?.read_only) {
      const message = 'The server only reads, and target_session_attrs asks for one that writes.';
      throw new ServerFault(message, undefined);
    }
  }

  /** Connects and prepares. @throws Error in plain words, with the driver's as the cause */
  async open(): Promise<this> {
    try {
      await this.connect();
      await this.prepare();
      return this;
    } catch (error) {
      this.destroy();
      throw explain(error, this.#options.server);
    }
  }

  /** Ends it at once; whatever waits for it fails. */
  destroy(): void {
    this.connection.stream.destroy(new Error('closed'));
  }
}

/** A connection that is not in a pool, for `open`. @throws Error if a certificate cannot be read */
export const newClient = (url: DatabaseUrl, purpose: Purpose = {}): ServerClient =>
  new ServerClient(clientOptions(url, purpose));

/**
 * A pool of connections; each is prepared before its first use.
 * @param options of node-postgres's pool
 * @returns the pool, and a function that closes it and ends what still runs after {@link CONNECT_S}
 */
export function openPool(url: DatabaseUrl, purpose: Purpose, options: pg.PoolConfig) {
  const pool = new pg.Pool({
    ...clientOptions(url, purpose),
    ...options,
    Client: ServerClient as new () => ServerClient,
    onConnect: (client) => (client as ServerClient).prepare(),
  });
  // Of idle connections, which the pool replaces.
  pool.on('error', () => undefined);
  const open = new Map<ServerClient, Promise<void>>();
  pool.on('connect', (client) => {
    const ended = new Promise<void>((resolve) => client.once('end', resolve));
    open.set(client as unknown as ServerClient, ended);
    client.once('end', () => {
      open.delete(client as unknown as ServerClient);
      // Drizzle (0.45) does not release a connection that is lost before its transaction begins.
      try {
        client.release(true);
      } catch {
        // It was released before.
      }
      client.release = () => undefined;
    });
  });
  const close = async () => {
    const ended = pool.end();
    try {
      await withTimeout(CONNECT_S * 1_000, Promise.all([ended, ...open.values()]));
    } catch {
      for (const client of open.keys()) client.destroy();
    }
  };
  return { pool, close };
}
