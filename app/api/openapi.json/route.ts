// The description of this API, for programs that generate clients.
import { json, routes } from '@/lib/auth/route';
import { openApiDocument } from './document';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: () => json(openApiDocument()),
});
