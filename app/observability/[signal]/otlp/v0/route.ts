// Receives the traces, logs and metrics that LiveKit's framework uploads.
import { routes } from '@/app/api/routes';
import { receiveOtlp } from '@/lib/insights/receive';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: (request, { server, params }) => receiveOtlp(server, request, params.signal ?? ''),
});
