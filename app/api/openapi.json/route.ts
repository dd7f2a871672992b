// The description of this API, for programs that generate clients.

import { openApiDocument } from '@/app/api/openapi.json/document';
import { routes } from '@/app/api/routes';
import { json } from '@/lib/auth/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: () => json(openApiDocument()),
});
