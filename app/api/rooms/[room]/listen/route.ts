// A token for listening to a live call as a hidden participant. The participants are first shown that somebody listens,
// unless LISTEN_IN is hidden.

import { routes } from '@/app/api/routes';
import { json } from '@/lib/auth/route';
import { browserUrl } from '@/lib/core/server-config';
import { admitListener, showListeners } from '@/lib/dispatch/listener';
import { checkedRoom } from '@/lib/dispatch/requests';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  POST: async (_, { server, params, visitor: { account } }) => {
    const { config } = server;
    const room = checkedRoom(params.room ?? '');
    const participant_token = await admitListener(server, room, account);
    if (config.LISTEN_IN === 'shown') await showListeners(server, room, 'coming');
    return json({ server_url: browserUrl(config), participant_token }, 201);
  },
});
