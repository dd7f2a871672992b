// Liveness of the web process.
import { json, routes } from '@/lib/auth/route';
import { VERSION } from '@/lib/core/version';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: () => json({ status: 'ok', version: VERSION }),
});
