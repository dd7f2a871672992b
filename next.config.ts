// Next.js settings: headers that belong on every answer, and the root of the bundle. The built server reads them from the
// build (`lib/core/built-next.ts`).
import type { NextConfig } from 'next';

import createNextIntlPlugin from 'next-intl/plugin';

/** Sent with everything. */
const headers = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  // A page that opened ours, or was opened by it, cannot reach into it.
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
];

/** What routes answer is data: shown as a page it does nothing, and no other site may embed it. Pages: `proxy.ts`. */
const dataHeaders = [
  {
    key: 'Permissions-Policy',
    value: 'microphone=(), camera=(), geolocation=(), display-capture=()',
  },
  {
    key: 'Content-Security-Policy',
    value: "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
];

/** The script that other sites load may be loaded by those that isolate themselves, too. */
const scriptHeaders = [{ key: 'Cross-Origin-Resource-Policy', value: 'cross-origin' }];

/**
 * Sent with what came by TLS: a year of it. TLS ends at a proxy before this server, which says so. That
 * anybody can say so is of no use to them: browsers take it from nothing that came without TLS (RFC 6797, 8.1).
 */
const tls = {
  has: [{ type: 'header' as const, key: 'x-forwarded-proto', value: 'https' }],
  headers: [{ key: 'Strict-Transport-Security', value: 'max-age=31536000' }],
};

/** Addresses of before 0.2, for one release. 308 keeps the method and the body. */
const renamed = (
  [
    ['/rehearsals/:path*', '/agents'],
    ['/simulations/:path*', '/agents'],
    ['/api/rehearsals/:path*', '/api/simulations/:path*'],
    ['/welcome/:link', '/sign-up/:link'],
    ['/api/people/welcome/:link', '/api/people/sign-up/:link'],
    ['/people', '/admin/people'],
    ['/people/log', '/admin/audit'],
    ['/settings/rules', '/admin/rules'],
    ['/telephone', '/admin/telephone'],
  ] as const
).map(([source, destination]) => ({ source, destination, permanent: true }));

const config: NextConfig = {
  poweredByHeader: false,
  // Without tests: a build checks the types of the product alone.
  typescript: { tsconfigPath: 'tsconfig.build.json' },
  // A folder with all that the web process needs, for images: deploy/images/web.Dockerfile.
  ...(process.env.NEXT_OUTPUT === 'standalone' && { output: 'standalone' }),
  // The page is reached by address as well as by name while it is worked on.
  allowedDevOrigins: ['127.0.0.1', 'localhost'],
  // Pages format messages that the server has compiled, without the parser that the default formatter brings.
  env: { COMPILED_MESSAGES: 'yes' },
  turbopack: {
    // Without it a lock file in a folder above would make that folder the root.
    root: import.meta.dirname,
    resolveAlias: { 'use-intl/format-message': 'use-intl/format-message/format-only' },
  },
  // CI builds once: writing the cache for the next build takes a fifth of the time.
  experimental: { turbopackFileSystemCacheForBuild: !process.env.CI },
  // What is read by its path: the database's migrations, the thread of PGlite and what it loads, and the scenarios.
  outputFileTracingIncludes: {
    '/*': [
      'lib/db/migrations/**',
      'lib/db/pglite-thread.mjs',
      'node_modules/@electric-sql/pglite/**',
      'simulations/scenarios/**',
    ],
  },
  redirects: async () => renamed,
  // No page has images to resize, and resizing costs anybody who asks for it nothing.
  images: { unoptimized: true },
  headers: async () => [
    { source: '/:path*', headers },
    { source: '/api/:path*', headers: dataHeaders },
    { source: '/observability/:path*', headers: dataHeaders },
    { source: '/embed.js', headers: scriptHeaders },
    { source: '/:path*', ...tls },
  ],
};

export default createNextIntlPlugin('./components/language/request.ts')(config);
