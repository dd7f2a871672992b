// Reads the body of a worker's request if a worker signed it.

import { recordRefusedReport, refusalReason } from '@/lib/calls/ingest/recent-activity';
import type { CallsServer } from '@/lib/calls/server';
import { Problem } from '@/lib/core/problem';
import { readBody } from '@/lib/http/read-json';
import { type SignedKind, verifySigned } from '@/lib/livekit/worker-auth';

/**
 * The body as text.
 * @param maxBytes largest size in bytes, if not the default
 * @throws {Problem} 401 if it is not signed; see also `readBody`
 */
export async function readSignedBody(
  server: CallsServer,
  kind: SignedKind,
  request: Request,
  maxBytes?: number,
): Promise<string> {
  const { config } = server;
  // Before the body, which would fill the memory if anybody could send it.
  const isSignedBody = await verifySigned(kind, request.headers.get('authorization'), config);
  const body = isSignedBody && (await readBody(server, request, { maxBytes }));
  if (body !== undefined && isSignedBody?.(body)) return body;
  const why = await refusalReason(request.headers.get('authorization'), config);
  if (why) recordRefusedReport(server, why);
  throw new Problem(
    'unauthorized',
    'Sign the request with the LiveKit key and secret of this server.',
    {},
    { 'www-authenticate': 'Bearer' },
  );
}
