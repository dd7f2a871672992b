// Sends a note to the agents of a live call, which the caller does not hear.
import { routes } from '@/app/api/routes';
import { checkedRoom } from '@/lib/dispatch/requests';
import { whisper } from '@/lib/dispatch/signed-whisper';
import { sendWhisper } from '@/lib/dispatch/whisper';
import { readJson } from '@/lib/http/read-json';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, { server, params, visitor: { name } }) => {
    const { text } = await readJson(server, request, whisper);
    const { config } = server;
    const room = checkedRoom(params.room ?? '');
    await sendWhisper(server, room, text, name, config.LIVEKIT_API_SECRET);
    return new Response(null, { status: 204 });
  },
});
