// Receives the history and the recording that LiveKit's framework uploads at the end of a session.
import { routes } from '@/app/api/routes';
import { receiveSession } from '@/lib/insights/receive';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: (request, { server }) => receiveSession(server, request),
});
