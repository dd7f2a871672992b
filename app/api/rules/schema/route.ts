// The JSON schema of the rules, for editors.
import { z } from 'zod';
import { routes } from '@/app/api/routes';
import { json } from '@/lib/auth/route';
import { rulesDocument } from '@/lib/rules/rule';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: () => json(z.toJSONSchema(rulesDocument, { io: 'input' })),
});
