// DATABASE_URL as providers and tools print it.
import { describe, expect, it } from 'vitest';
import { type DatabaseUrl, parseDatabaseUrl, serverName } from '@/lib/core/database-url';

const parse = (text: string, env = {}) => parseDatabaseUrl(text, env);
const AT = 'postgres://u:p@h/d';

it.each<[string, string, Partial<DatabaseUrl>]>([
  [
    'Neon',
    'postgresql://neondb_owner:npg_AbC@ep-cool-1-pooler.eu-central-1.aws.neon.tech/neondb?sslmode=require&channel_binding=require',
    {
      ...{ user: 'neondb_owner', password: 'npg_AbC', database: 'neondb', port: 5432 },
      ...{ tls: 'require', channelBinding: 'require', ignored: [] },
    },
  ],
  [
    'Neon without SNI',
    'postgres://u:p@h/d?sslmode=verify-full&options=endpoint%3Dep-cool-1',
    { tls: 'verify-full', options: 'endpoint=ep-cool-1' },
  ],
  [
    "Supabase's pooler",
    'postgresql://postgres.abcdef:p%40ss@aws-0-eu-west-1.pooler.supabase.com:6543/postgres?pgbouncer=true&connection_limit=1',
    {
      user: 'postgres.abcdef',
      password: 'p@ss',
      port: 6543,
      connections: 1,
      ignored: ['pgbouncer'],
    },
  ],
  [
    'Supabase at Vercel',
    'postgres://u:p@h:6543/postgres?sslmode=require&supa=base-pooler.x&workaround=supabase-pooler.vercel',
    { tls: 'require', ignored: ['supa', 'workaround'] },
  ],
  [
    'Prisma',
    'postgresql://u:p@h:5432/d?schema=public&connection_limit=5&pool_timeout=2&connect_timeout=10&sslaccept=strict',
    { connections: 5, connectS: 10, tls: 'verify-full', ignored: ['pool_timeout'] },
  ],
  [
    'Heroku, which requires TLS and does not say so',
    'postgres://u:p@ec2-1.compute.amazonaws.com:5432/d',
    { tls: 'prefer' },
  ],
  [
    'RDS',
    'postgres://u:p@x.eu-west-1.rds.amazonaws.com:5432/d?sslmode=verify-full&sslrootcert=/certs/global-bundle.pem',
    { tls: 'verify-full', rootCertificate: '/certs/global-bundle.pem' },
  ],
  [
    'Cloud SQL',
    'postgresql://u:p@/d?host=/cloudsql/project:region:name',
    {
      host: '/cloudsql/project:region:name',
      user: 'u',
      password: 'p',
      database: 'd',
      tls: 'disable',
    },
  ],
  [
    'Cloud SQL in parameters',
    'postgresql:///d?host=/cloudsql/a:b:c&user=u&password=p%26',
    { password: 'p&', user: 'u' },
  ],
  [
    'a socket as the host',
    'postgres://u@%2Fvar%2Frun%2Fpostgresql/d',
    { host: '/var/run/postgresql' },
  ],
  [
    'JDBC',
    `${AT}?ssl=true&ApplicationName=x&tcpKeepAlive=true&currentSchema=public`,
    { tls: 'require', applicationName: 'x', ignored: ['tcpKeepAlive'] },
  ],
  [
    'libpq',
    `${AT}?application_name=a%20b&target_session_attrs=read-write&keepalives_idle=30`,
    { applicationName: 'a b', writable: true, ignored: ['keepalives_idle'] },
  ],
  ['IPv6', 'postgres://u:p@[2001:db8::1]:6432/d', { host: '2001:db8::1', port: 6432 }],
  ['IPv6 without a port', 'postgres://u:p@[::1]/d', { host: '::1', port: 5432 }],
  ['a password with an @', 'postgres://u:p@ss@h/d', { password: 'p@ss', host: 'h' }],
  [
    'encoded characters',
    'postgres://u%3A:%23%2F%3F%25%24%26%3D%20@h/d%20e',
    { user: 'u:', password: '#/?%$&= ', database: 'd e' },
  ],
  [
    'other characters',
    "postgres://u:$!*'();+,=&:[]^{}|~`é@h/d",
    { password: "$!*'();+,=&:[]^{}|~`é" },
  ],
  ['almost nothing', 'postgres://', { host: 'localhost', port: 5432, tls: 'prefer' }],
  [
    "a Secret of Kubernetes, with echo's line break",
    ' postgres://u:p@h/d?sslmode=require\r\n',
    { tls: 'require' },
  ],
  [
    'YugabyteDB and JDBC, with both sslmode and ssl',
    `${AT}?ssl=true&sslmode=verify-full&load_balance=true&topology_keys=a.b&channelBinding=require`,
    {
      ...{ tls: 'verify-full', channelBinding: 'require' },
      ignored: ['load_balance', 'topology_keys'],
    },
  ],
  [
    'other tools, whatever they call their pools and limits',
    `${AT}?serverVersion=16&charset=utf8&pool_mode=session&poolSize=5&maxConnections=3&conn_max_age=0&commandTimeout=9`,
    {
      ignored: [
        ...['serverVersion', 'pool_mode', 'poolSize', 'maxConnections', 'conn_max_age'],
        'commandTimeout',
      ],
    },
  ],
  ['parameters for all', 'postgres://?username=u&database=d&host=h', { user: 'u', database: 'd' }],
  ['empty parameters', `${AT}?sslmode=&schema=&`, { tls: 'prefer', ignored: [] }],
])('reads that of %s', (_, text, expected) => {
  expect(parse(text)).toMatchObject(expected);
});

describe('TLS as libpq means it', () => {
  it.each([
    ['', 'prefer'],
    ['sslmode=disable', 'disable'],
    ['sslmode=allow', 'prefer'],
    ['sslmode=prefer', 'prefer'],
    ['sslmode=require', 'require'],
    ['sslmode=require&sslrootcert=/ca.pem', 'verify-ca'],
    ['sslmode=verify-ca&sslrootcert=/ca.pem', 'verify-ca'],
    ['sslmode=verify-full', 'verify-full'],
    ['sslrootcert=system', 'verify-full'],
    ['sslnegotiation=direct', 'require'],
    ['sslmode=no-verify', 'require'],
    ['ssl=false', 'disable'],
    ['requiressl=1', 'require'],
    ['host=/run/postgresql&sslmode=require', 'disable'],
  ])('%s is %s', (query, tls) => expect(parse(`${AT}?${query}`).tls).toBe(tls));

  it('follows PGSSLMODE if it says nothing itself', () => {
    const env = { PGSSLMODE: 'verify-full' };
    expect([parse(AT, env).tls, parse(`${AT}?sslmode=require`, env).tls]).toEqual([
      'verify-full',
      'require',
    ]);
  });
});

it("follows libpq's variables in what it does not say", () => {
  const env = { PGUSER: 'me', PGPASSWORD: 'x', PGDATABASE: 'db', PGHOST: '/run', PGPORT: '6432' };
  const all = { user: 'me', password: 'x', database: 'db', host: '/run', port: 6432 };
  expect(parse('postgres://', env)).toMatchObject(all);
  expect(parse(`${AT}?port=1`, env)).toMatchObject({
    ...{ user: 'u', password: 'p', database: 'd', host: 'h', port: 1 },
  });
  expect(parse('postgres://', { USER: 'me' }).user).toBe('me');
});

it.each([
  ['mysql://h/d', /begins with postgres:/],
  ['postgresql+psycopg2://u:p@h/d', /begins with postgres:/],
  ['host=h dbname=d', /begins with postgres:/],
  [`"${AT}"`, /without quotation marks/],
  [`psql '${AT}'`, /or a command around it/],
  ['postgres://u:p#ss@h/d', /# as %23/],
  ['postgres://u:12#ss@h/d', /# as %23/],
  ['postgres://u:12/ss@h/d', /\/ as %2F/],
  ['postgres://u:12?ss@h/d', /\? as %3F/],
  ['postgres://u:p%ss@h/d', /% as %25/],
  ['postgres://postgres:[YOUR-PASSWORD]@h/d', /your password in place of \[YOUR-PASSWORD\]/],
  ['postgres://u:<password>@h/d', /in place of <password>/],
  ['postgres://u:****************@h/d', /in place of \*/],
  ['postgres://u:$(DB_PASSWORD)@h/d', /in place of \$\(DB_PASSWORD\)/],
  [`${AT}#x`, /special characters in each part/],
  [`${AT}?application_name=100%`, /special characters in each part/],
  ['postgres://u:p@[fe80::1%eth0]/d', /special characters in each part/],
  ['postgres://u:p@h1:5432,h2:5432/d', /several hosts/],
  ['postgres://u:p@::1:5432/d', /in brackets/],
  ['postgres://u:p@h:99999/d', /invalid port/],
  [
    `${AT}?sslmode=verify`,
    /unknown value of sslmode. Use disable, allow, prefer, require, verify-ca, verify-full/,
  ],
  [`${AT}?sslmod=require`, /unknown parameter sslmod: correct its name/],
  [`${AT}?SSL=true`, /unknown parameter SSL/],
  [`${AT}?sslmode=require&amp;channel_binding=require`, /unknown parameter amp;channel_binding/],
  [`${AT}?sslmode=verify-ca`, /needs sslrootcert/],
  [`${AT}?sslmode=require&sslrootcert=system`, /needs sslmode=verify-full/],
  [`${AT}?sslcert=/server-ca.pem`, /a root certificate is sslrootcert/],
  [`${AT}?channel_binding=require`, /needs sslmode=require/],
  [`${AT}?channel_binding=yes`, /unknown value of channel_binding/],
  [`${AT}?schema=tenant`, /has a schema/],
  [`${AT}?options=-c%20search_path%3Dtenant`, /search_path/],
  [`${AT}?connection_limit=many`, /a number as connection_limit/],
  [`${AT}?target_session_attrs=standby`, /unknown value of target_session_attrs/],
  [`${AT}?hostaddr=127.0.0.1`, /hostaddr: use the address/],
  [`${AT}?require_auth=scram-sha-256`, /require_auth: .*remove it/],
  [`${AT}?client_encoding=LATIN1`, /client_encoding/],
])('refuses %s with words', (text, words) => {
  expect(() => parse(text)).toThrow(words);
});

it('repeats nothing of the password in an error', () => {
  for (const text of [
    'postgres://u:1?hush@h/d',
    'postgres://u:1?hush=1@h/d',
    'postgres://u@x:1?hush=1@h/d',
    'postgres://u:hu#sh@h/d',
  ]) {
    expect(() => parse(text)).toThrow(
      expect.not.objectContaining({ message: expect.stringMatching(/hu/) }),
    );
  }
});

it('names the server', () => {
  const names = ['postgres://u:p@h/d', 'postgres://u:p@[::1]:1/d', 'postgres://u@/d?host=/run/x'];
  expect(names.map((text) => serverName(parse(text)))).toEqual(['h:5432', '[::1]:1', '/run/x']);
});
