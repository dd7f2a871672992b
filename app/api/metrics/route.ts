// The metrics of this process, for Prometheus.

import { routes } from '@/app/api/routes';
import { metricsText } from '@/lib/metrics/metrics';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: async (_, { server }) => {
    const { text, contentType } = await metricsText(server);
    return new Response(text, {
      headers: { 'content-type': contentType, 'cache-control': 'no-store' },
    });
  },
});
