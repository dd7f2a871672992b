// The agents of the Letta server that can be called; none where no such server is set.
import { lettaListing } from '@/lib/letta/listing';
import { json, routes } from '@/lib/route';

export const dynamic = 'force-dynamic';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async () => json(await lettaListing()),
});
