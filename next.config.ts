// Next.js settings: headers that belong on every answer, and the root of the bundle.
import type { NextConfig } from 'next';

/** Sent with everything. A page may use the microphone, and nothing else that listens or looks. */
const headers = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  {
    key: 'Permissions-Policy',
    value: 'microphone=(self), camera=(), geolocation=(), display-capture=()',
  },
];

const config: NextConfig = {
  poweredByHeader: false,
  // A folder with all that the web process needs, for images: deploy/images/web.Dockerfile.
  output: process.env.NEXT_OUTPUT === 'standalone' ? 'standalone' : undefined,
  // The page is reached by address as well as by name while it is worked on.
  allowedDevOrigins: ['127.0.0.1', 'localhost'],
  // Without it a lock file in a folder above would make that folder the root.
  turbopack: { root: import.meta.dirname },
  // It finds its WASM files beside its own source.
  serverExternalPackages: ['@electric-sql/pglite'],
  headers: async () => [{ source: '/:path*', headers }],
};

export default config;
