// Connections with every value of sslmode, and what is said about each reason for which there is none.

import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { keepConnection } from '@/lib/db/listen';
import { openServer } from '@/lib/db/open-server';
import { newClient, openPool, parseServer, type ServerClient } from '@/lib/db/server-client';
import { hasPostgres, startPostgres } from '@/lib/testing/databases';
import { onPostgres, type TestPostgres, user } from '@/lib/testing/postgres';

/** Whether the connection is encrypted; rejects with the words for the log. */
async function isEncrypted(url: string): Promise<boolean> {
  const client = await newClient(parseServer(url)).open();
  try {
    const { rows } = await client.query('select ssl from pg_stat_ssl where pid = pg_backend_pid()');
    return rows[0]?.ssl;
  } finally {
    await client.end();
  }
}
const failure = (url: string): Promise<string> =>
  isEncrypted(url).then(
    (encrypted) => `connected, encrypted: ${encrypted}`,
    (error: Error) => error.message,
  );

describe.skipIf(!hasPostgres)('a server', () => {
  let postgres: TestPostgres;
  let folder: string;
  const servers: Server[] = [];
  /** A URL of the server. */
  const at = (query = '', { who = 'callboard', host = '127.0.0.1', database = 'postgres' } = {}) =>
    `postgres://${who}@${host}:${postgres.port}/${database}?${query}`;
  /** Statements of the superuser. */
  const run = (...statements: string[]) =>
    onPostgres(postgres.url, async (client) => {
      for (const statement of statements) await client.query(statement);
    });
  /** A TCP server that is no PostgreSQL server. */
  async function otherServer(answer?: string): Promise<string> {
    const other = createServer((socket) => {
      socket.on('error', () => undefined);
      if (answer !== undefined) socket.end(answer);
    });
    servers.push(other);
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    return `postgres://u@127.0.0.1:${typeof address === 'object' && address?.port}/d`;
  }

  beforeAll(async () => {
    postgres = await startPostgres();
    folder = mkdtempSync(join(tmpdir(), 'callboard-tls-'));
    const [key, certificate] = [
      join(postgres.folder, 'server.key'),
      join(postgres.folder, 'server.crt'),
    ];
    execFileSync(
      'openssl',
      `req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout ${key} -out ${certificate}`.split(
        ' ',
      ),
      { stdio: 'pipe' },
    );
    const { uid, gid } = user();
    execFileSync('openssl', ['genrsa', '-out', join(folder, 'other.key'), '2048'], {
      stdio: 'pipe',
    });
    for (const path of [key, certificate])
      if (uid !== undefined) chownSync(path, uid, gid as number);
    writeFileSync(
      join(postgres.folder, 'cluster/pg_hba.conf'),
      `hostssl all tls_only 127.0.0.1/32 trust
hostnossl all plain_only 127.0.0.1/32 trust
host all with_password 127.0.0.1/32 scram-sha-256
host all callboard,few,reader,no_login,other 127.0.0.1/32 trust
`,
    );
    await run(
      ...['tls_only', 'plain_only', 'reader', 'stranger'].map(
        (name) => `create role ${name} login`,
      ),
      'create role few login connection limit 0',
      `create role with_password login password 'a#/?%@ b'`,
      'create role no_login',
      'alter role reader set default_transaction_read_only = on',
      'select pg_reload_conf()',
    );
  });
  afterAll(async () => {
    for (const one of servers) one.close();
    rmSync(folder, { recursive: true, force: true });
    await postgres?.remove();
  });

  it('without TLS is used without it, unless the URL requires it', async () => {
    expect(await isEncrypted(at())).toBe(false);
    expect(await isEncrypted(at('sslmode=prefer'))).toBe(false);
    expect(await failure(at('sslmode=require'))).toMatch(
      /has no TLS, which sslmode=require requires/,
    );
  });

  it('is tried again, and each new reason is in the log once', async () => {
    const said = vi.spyOn(console, 'error').mockReturnValue();
    const reasons = ['one', 'one'].values();
    const begin = async () => Promise.reject(new Error(reasons.next().value ?? 'two'));
    const stop = keepConnection(at(), {}, 'failed', begin);
    const lines = () => said.mock.calls.map(([line]) => /failed: Error: (\w+)/.exec(line)?.[1]);
    await expect.poll(lines).toContain('two');
    await stop();
    expect(lines()).toEqual(['one', 'two']);
    said.mockRestore();
  });

  it('gets back from a pool what is lost before a transaction begins', async () => {
    const { pool, close } = openPool(parseServer(at()), {}, { max: 2 });
    const db = drizzle(pool);
    const cut = (client: { end(): unknown }) => (client as ServerClient).destroy();
    pool.on('acquire', cut);
    for (let at = 0; at < 4; at += 1) {
      await expect(db.transaction(async () => 'done')).rejects.toThrow(/begin/);
    }
    pool.off('acquire', cut);
    await expect(db.transaction(async () => 'done')).resolves.toBe('done');
    await close();
  });

  it.each<[string, readonly string[], RegExp]>([
    [
      'an encoding that lacks characters',
      [`update pg_database set encoding = pg_char_to_encoding('LATIN1') where datname = 'own'`],
      /own has the encoding LATIN1, in which not everything can be stored/,
    ],
    [
      'a user who only reads, like a standby',
      ['alter role other set default_transaction_read_only = on'],
      /only reads. Use the address of the primary/,
    ],
    ['no schema', [`alter role other set search_path = ''`], /search_path of the user other/],
    ['no rights', ['alter role other nosuperuser'], /denied .* other must own the database/],
    [
      'an old version',
      [
        'alter role other set search_path = public, pg_catalog',
        `create function current_setting(name text) returns text language sql as $$select case name
          when 'server_version' then '11.22' when 'server_version_num' then '110022'
          else pg_catalog.current_setting(name) end$$`,
      ],
      /server is PostgreSQL 11.22. Callboard needs 12 or newer/,
    ],
    [
      'a lock that another process holds for long',
      [
        'alter role other set search_path = public, pg_catalog',
        `create function pg_advisory_lock(bigint) returns void language plpgsql as $$begin
          if current_setting('lock_timeout') = '20s' then raise lock_not_available; end if; end$$`,
      ],
      /another process holds the lock/i,
    ],
    [
      'locks that do nothing, as those of CockroachDB',
      [
        'alter role other set search_path = public, pg_catalog',
        `create function pg_try_advisory_xact_lock(int) returns bool language sql as 'select true'`,
      ],
      /no advisory locks .* CockroachDB cannot be used/,
    ],
  ])('is refused with %s', async (_, statements, words) => {
    await run('create role other login superuser', 'create database own');
    try {
      await onPostgres(postgres.url.replace(/postgres$/, 'own'), async (client) => {
        for (const statement of statements) await client.query(statement);
      });
      await expect(openServer(at('', { who: 'other', database: 'own' }))).rejects.toMatchObject({
        kind: 'database-unavailable',
        cause: { message: expect.stringMatching(words) },
      });
    } finally {
      await run('drop database own with (force)', 'drop role other');
    }
  });

  it('has no limits of its user while locks are waited for and held', async () => {
    const limits = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];
    const set = limits.map((limit) => `alter role other set ${limit} = '7s'`);
    await run('create role other login', ...set);
    const client = await newClient(parseServer(at('', { who: 'other' }))).open();
    const { rows } = await client.query('select setting from pg_settings where name = any($1)', [
      limits,
    ]);
    await client.end();
    await run('drop role other');
    expect(rows.map(({ setting }) => setting)).toEqual(['0', '0', '0']);
  });

  describe('with TLS', () => {
    const root = () => `sslrootcert=${join(postgres.folder, 'server.crt')}`;
    beforeAll(async () => {
      const files = join(postgres.folder, 'server');
      await run(
        `alter system set ssl_cert_file = '${files}.crt'`,
        `alter system set ssl_key_file = '${files}.key'`,
        'alter system set ssl = on',
        'select pg_reload_conf()',
      );
      await vi.waitFor(
        async () => expect(await isEncrypted(at('sslmode=require'))).toBe(true),
        20_000,
      );
    });

    it.each<[string, string, () => string]>([
      ['encrypted', 'no sslmode', () => at()],
      ['encrypted', 'allow', () => at('sslmode=allow')],
      ['encrypted', 'require', () => at('sslmode=require')],
      ['plain', 'disable', () => at('sslmode=disable')],
      ['encrypted', 'require with a root certificate', () => at(`sslmode=require&${root()}`)],
      ['encrypted', 'verify-ca, whatever the name', () => at(`sslmode=verify-ca&${root()}`)],
      [
        'encrypted',
        'verify-full',
        () => at(`sslmode=verify-full&${root()}`, { host: 'localhost' }),
      ],
      [
        'encrypted',
        'a server that requires it, without sslmode',
        () => at('', { who: 'tls_only' }),
      ],
      [
        'encrypted',
        'channel binding',
        () =>
          at('sslmode=require&channel_binding=require', {
            who: 'with_password:a%23%2F%3F%25%40%20b',
          }),
      ],
    ])('is %s: %s', async (how, _, url) => {
      expect(await isEncrypted(url())).toBe(how === 'encrypted');
    });

    it.each<[string, () => string | Promise<string>, RegExp]>([
      [
        'an unknown authority',
        () => at('sslmode=verify-full', { host: 'localhost' }),
        /not trusted \(sslmode=verify-full\)/,
      ],
      ['another name', () => at(`sslmode=verify-full&${root()}`), /not for 127.0.0.1/],
      [
        'an unreadable root certificate',
        () => at('sslmode=verify-full&sslrootcert=/no/such'),
        /sslrootcert of DATABASE_URL cannot be read/,
      ],
      [
        'a root certificate that is none',
        () => at(`sslmode=verify-full&sslrootcert=${join(postgres.folder, 'cluster/pg_hba.conf')}`),
        /sslrootcert of DATABASE_URL cannot be read: .*pg_hba.conf is not a PEM file/,
      ],
      [
        "a key that is not the certificate's",
        () =>
          at(`sslcert=${join(postgres.folder, 'server.crt')}&sslkey=${join(folder, 'other.key')}`),
        /sslcert, sslkey and sslpassword of DATABASE_URL do not work together: key values mismatch/,
      ],
      [
        'versions of TLS',
        () =>
          at('sslmode=require&ssl_min_protocol_version=TLSv1.3&ssl_max_protocol_version=TLSv1.2'),
        /TLS with 127.0.0.1:\d+ failed: no protocols available/,
      ],
      [
        'no channel binding',
        () => at('sslmode=require&channel_binding=require'),
        /does not offer channel binding/,
      ],
      [
        'TLS required',
        () => at('sslmode=disable', { who: 'tls_only' }),
        /without TLS. Remove sslmode=disable/,
      ],
      [
        'TLS refused',
        () => at('', { who: 'plain_only' }),
        /plain_only in from this machine with TLS. See/,
      ],
      ['no entry', () => at('', { who: 'stranger' }), /stranger in from this machine/],
      [
        'a wrong password',
        () => at('', { who: 'with_password:wrong' }),
        /password of the user with_password is wrong, or there is no such user/,
      ],
      ['no right to log in', () => at('', { who: 'no_login' }), /no_login may not log in/],
      ['no password', () => at('', { who: 'with_password' }), /asks for the password .* has none/],
      ['no database', () => at('', { database: 'nowhere' }), /no database nowhere/],
      ['too many connections', () => at('', { who: 'few' }), /too many connections/],
      [
        'a server that only reads',
        () => at('target_session_attrs=read-write', { who: 'reader' }),
        /only reads/,
      ],
      [
        'an unknown option',
        () => at('options=-c%20nothing%3D1'),
        /unrecognized configuration parameter "nothing"/,
      ],
      [
        'an unknown host',
        () => 'postgres://u@no-such-host.invalid/d',
        /host no-such-host.invalid is unknown/,
      ],
      ['a closed port', () => 'postgres://u@127.0.0.1:9/d', /Nothing listens at 127.0.0.1:9/],
      [
        'a socket in place of its folder',
        () => `postgres://u@/d?host=${postgres.folder}/.s.PGSQL.${postgres.port}`,
        /no socket of a server in the folder/,
      ],
      ['no socket', () => `postgres://u@/d?host=${folder}`, /no socket of a server in/],
      ['no answer', async () => `${await otherServer()}?connect_timeout=1`, /does not answer/],
      [
        'an HTTP server',
        () => otherServer('HTTP/1.1 400 Bad Request\r\n\r\n'),
        /not a PostgreSQL server/,
      ],
      ['a server that hangs up', () => otherServer(''), /closed the connection/],
    ])('names %s', async (_, url, words) => {
      expect(await failure(await url())).toMatch(words);
    });

    it('is used through its socket without TLS', async () => {
      // Its pg_hba.conf has no entry for sockets, and its answer shows that it was asked.
      const url = `postgres://stranger@/postgres?host=${postgres.folder}&port=${postgres.port}&sslmode=require`;
      expect(await failure(url)).toMatch(/stranger in from this machine without TLS. See/);
    });
  });
});
