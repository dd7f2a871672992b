// Liveness of the web process.
import { routes } from '@/app/api/routes';
import { json } from '@/lib/auth/route';
import { VERSION } from '@/lib/core/version';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: () => json({ status: 'ok', version: VERSION }),
});
