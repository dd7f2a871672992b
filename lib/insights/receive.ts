// Receives the uploads of LiveKit's framework: checks who sent them, within limits of size and rate, makes events of them,
// and masks these before anything is kept.
import { recordRefusedReport, refusalReason } from '@/lib/calls/ingest/recent-activity';
import { maskEvent, withoutWords } from '@/lib/calls/mask/mask';
import { Problem } from '@/lib/core/problem';
import { mediaType, readBytes } from '@/lib/http/read-json';
import {
  decodeOtlp,
  decompress,
  type OtlpMessage,
  SIGNALS,
  type Signal,
} from '@/lib/insights/otlp';
import { receiveRecording } from '@/lib/insights/recording';
import type { InsightsServer } from '@/lib/insights/server';
import type { Audio } from '@/lib/insights/spool';
import { type Upload, uploadsOfLogs, uploadsOfTraces } from '@/lib/insights/uploads';
import { verifyUpload } from '@/lib/livekit/upload-auth';

/** Media types of OTLP. */
const PROTOBUF = 'application/x-protobuf';
const JSON_TYPE = 'application/json';
/** Maximum size of a body in bytes, as it is sent and decompressed. Our own choice: the report of an hour has 1 MB. */
export const BODY_MAX_BYTES = 8 * 1024 * 1024;
export const MESSAGE_MAX_BYTES = 32 * 1024 * 1024;

/**
 * Checks that a request may upload.
 * @returns when it was signed, in milliseconds since 1970
 * @throws {Problem} 401
 */
async function requireUpload(server: InsightsServer, request: Request): Promise<number> {
  const authorization = request.headers.get('authorization');
  const signedAt = await verifyUpload(authorization, server.config);
  if (signedAt === undefined) {
    const why = await refusalReason(authorization, server.config);
    if (why) recordRefusedReport(server, why);
    throw new Problem(
      'unauthorized',
      'Sign the upload with the LiveKit key and secret of this server, and with the grant observability.write.',
      {},
      { 'www-authenticate': 'Bearer' },
    );
  }
  if (server.config.INSIGHTS !== 'off') return signedAt;
  // The framework looks for these words, and uploads nothing more of the session.
  throw new Problem('unauthorized', 'Data recording is disabled on this server: INSIGHTS is off.');
}

/** Counts a request about a room. @throws {Problem} 429 */
async function countRequest({ uploads }: InsightsServer, room: string): Promise<void> {
  await uploads.limiter.consume(room).catch((reached: { readonly msBeforeNext?: number }) => {
    const seconds = Math.ceil((reached.msBeforeNext ?? 0) / 1_000);
    const headers = { 'retry-after': String(seconds) };
    throw new Problem('too-many-attempts', 'Too many uploads about this room.', {}, headers);
  });
}

/** What may be kept of an upload: masked as the settings say, without words if the session withholds them. */
function kept({ config: { MASK } }: InsightsServer, upload: Upload) {
  const keep = upload.redacted ? withoutWords : <T>(event: T): T => event;
  const events = upload.events.map((event) => maskEvent(keep(event), MASK));
  return { upload: { ...upload, events }, masked: MASK };
}

/** Keeps uploads. @throws {Problem} 404 if a room is none of a call, 429, 503 */
async function keep(
  server: InsightsServer,
  uploads: readonly Upload[],
  audio?: Audio,
): Promise<void> {
  const receivedAt = Date.now();
  for (const { roomSid } of uploads) await countRequest(server, roomSid);
  const outcomes = await Promise.all(
    uploads
      .filter(({ events }) => events.length > 0 || audio)
      .map((upload) => server.uploads.spool.add({ ...kept(server, upload), receivedAt, audio })),
  );
  if (!outcomes.includes('unknown')) return;
  throw new Problem('unknown-room', 'The room is none of a call of this server.');
}

const isSignal = (signal: string): signal is Signal => SIGNALS.some((one) => one === signal);

/** What the message says about sessions. Metrics say nothing that their reports do not. */
function uploadsOf(signal: Signal, message: OtlpMessage, keepsPrompt: boolean): Upload[] {
  if (signal === 'metrics') return [];
  return (signal === 'traces' ? uploadsOfTraces : uploadsOfLogs)(message, keepsPrompt);
}

/**
 * Receives traces, logs or metrics: `POST /observability/[signal]/otlp/v0`.
 * @throws {Problem} 400, 401, 404, 408, 413, 415, 429, 503
 */
export async function receiveOtlp(
  server: InsightsServer,
  request: Request,
  signal: string,
): Promise<Response> {
  await requireUpload(server, request);
  if (!isSignal(signal)) throw new Problem('unknown-route', `Use ${SIGNALS.join(', ')}.`);
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'gzip' && encoding !== 'identity') {
    throw new Problem('unsupported-media-type', 'Compress the body with gzip, or not at all.');
  }
  const type = [PROTOBUF, JSON_TYPE];
  const body = await readBytes(server, request, { type, maxBytes: BODY_MAX_BYTES });
  const bytes = encoding === 'gzip' ? await decompress(body, MESSAGE_MAX_BYTES) : body;
  const isJson = mediaType(request) === JSON_TYPE;
  const message = decodeOtlp(signal, bytes, isJson);
  await keep(server, uploadsOf(signal, message, server.config.INSIGHTS === 'prompts'));
  if (signal !== 'logs') server.uploads.forwarding?.forward(signal, message);
  // OTLP's response without partial success: an empty message.
  return new Response(isJson ? '{}' : null, {
    headers: { 'content-type': isJson ? JSON_TYPE : PROTOBUF },
  });
}

/**
 * Receives a session's history with its recording: `POST /observability/recordings/v0`.
 * @throws {Problem} 400, 401, 404, 408, 413, 415, 429, 503
 */
export async function receiveSession(server: InsightsServer, request: Request): Promise<Response> {
  const signedAt = await requireUpload(server, request);
  const { upload, audio, discard } = await receiveRecording(server, request, signedAt);
  try {
    await keep(server, [upload], audio);
  } catch (error) {
    await discard();
    throw error;
  }
  return new Response(null, { status: 200 });
}
