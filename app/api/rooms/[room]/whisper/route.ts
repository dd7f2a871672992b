// Sends a note to the agents of a live call, which the caller does not hear.
import { routes } from '@/lib/auth/route';
import { serverConfig } from '@/lib/core/server-config';
import { checkedRoom } from '@/lib/dispatch/requests';
import { sendWhisper } from '@/lib/dispatch/whisper';
import { parseJson, readBody } from '@/lib/http/read-json';
import { whisper } from '@/lib/livekit/attributes';
import { liveKit } from '@/lib/livekit/clients';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (request, params, { name }) => {
    const { text } = parseJson(await readBody(request), whisper);
    const config = serverConfig();
    const room = checkedRoom(params.room ?? '');
    await sendWhisper(liveKit(config), room, text, name, config.LIVEKIT_API_SECRET);
    return new Response(null, { status: 204 });
  },
});
