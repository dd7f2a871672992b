// Lets whoever is on duty listen to a live call: a token for one who is heard of by nobody in it.
import { checkedRoom } from '@/lib/dispatch/requests';
import { admitListener } from '@/lib/listener';
import { liveKit } from '@/lib/livekit';
import { json, routes } from '@/lib/route';
import { browserUrl, serverConfig } from '@/lib/server-config';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (_, params, { account }) => {
    const config = serverConfig();
    const room = checkedRoom(params.room ?? '');
    const participant_token = await admitListener(liveKit(config), room, config, account);
    return json({ server_url: browserUrl(config), participant_token }, 201);
  },
});
