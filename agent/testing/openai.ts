// A stand-in for OpenAI, for agents that bring their own models: a chat server, and the speech server by OpenAI's names.
import { Hono } from 'hono';
import { type Reply, startChatServer } from '@/agent/testing/chat-server';
import { serveFetch } from '@/lib/testing/serve-routes';

/** Starts it on a free port of loopback. @param speech address of the speech server, up to and including `/v1` */
export async function startOpenAi(speech: string, script: readonly (() => Reply)[]) {
  const chat = await startChatServer(script);
  const api = new Hono().basePath('/v1');
  const post = (url: string, body: string | FormData) =>
    fetch(url, {
      method: 'POST',
      body,
      ...(typeof body === 'string' && { headers: { 'content-type': 'application/json' } }),
    });
  api.post('/chat/completions', async (c) =>
    post(`${chat.url}/chat/completions`, await c.req.text()),
  );
  api.post('/audio/speech', async (c) => {
    const asked = { ...(await c.req.json()), model: 'flite', voice: 'slt' };
    return post(`${speech}/audio/speech`, JSON.stringify(asked));
  });
  api.post('/audio/transcriptions', async (c) => {
    const asked = await c.req.formData();
    asked.set('model', 'moonshine-tiny');
    return post(`${speech}/audio/transcriptions`, asked);
  });
  const server = await serveFetch(api.fetch);
  return {
    url: `${server.url}/v1`,
    asked: chat.asked,
    async close(): Promise<void> {
      await server.close();
      await chat.close();
    },
  };
}
