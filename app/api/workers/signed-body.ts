// The body of a worker's request: taken only when a worker signed it.

import { Problem } from '@/lib/core/problem';
import { serverConfig } from '@/lib/core/server-config';
import { whyRefused } from '@/lib/doctor/refused-report';
import { sightRefusal } from '@/lib/doctor/sightings';
import { readBody } from '@/lib/http/read-json';
import { isSigned, type SignedKind } from '@/lib/livekit/worker-auth';

/**
 * The body as text.
 * @param maxBytes largest size in bytes, where it is not the usual
 * @throws {Problem} 401 where it is not signed; see also `readBody`
 */
export async function readSignedBody(
  kind: SignedKind,
  request: Request,
  maxBytes?: number,
): Promise<string> {
  const config = serverConfig();
  const body = await readBody(request, { maxBytes });
  if (await isSigned(kind, request.headers.get('authorization'), body, config)) return body;
  const why = await whyRefused(request.headers.get('authorization'), config);
  if (why) sightRefusal(why);
  throw new Problem(
    'unauthorized',
    'Sign it with the LiveKit key and secret of this server.',
    {},
    { 'www-authenticate': 'Bearer' },
  );
}
