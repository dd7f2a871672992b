# The web process: pages, API routes, and the only writer of the database. Build it from the root of the clone:
#   docker build -f deploy/images/web.Dockerfile -t callboard-web .
FROM node:22-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1 ONNXRUNTIME_NODE_INSTALL=skip ONNXRUNTIME_NODE_INSTALL_CUDA=skip
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
# A folder with only the files that Next traced, or that next.config.ts names.
RUN mkdir -p public && NEXT_OUTPUT=standalone npx next build

FROM node:22-bookworm-slim
WORKDIR /app
# HOSTNAME is the address that Next's server listens on; the container decides who can reach it.
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOST=0.0.0.0 HOSTNAME=0.0.0.0 PORT=3000 DATA_DIR=/data
# Milliseconds, as in scripts/lib/parts.ts: longer than a proxy keeps an idle connection.
ENV KEEP_ALIVE_TIMEOUT=130000
# As in scripts/lib/groups.ts: it saves memory.
ENV MALLOC_TRIM_THRESHOLD_=131072
RUN mkdir -p -m 700 /data/recordings && chmod 700 /data && chown -R node:node /data
COPY --from=build /app/.next/standalone ./
COPY --from=build /app/.next/static ./.next/static
COPY --from=build /app/public ./public
USER 1000
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/api/health').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server.js"]
