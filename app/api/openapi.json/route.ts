// The description of this API, for programs that generate clients.
import { routes } from '@/app/api/routes';
import { json } from '@/lib/auth/route';
import { openApiDocument } from './document';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: () => json(openApiDocument()),
});
