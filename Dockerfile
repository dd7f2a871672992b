# Workers, as `lk agent create` and `lk agent deploy` build them. The speech server is the same image with another command.
#   docker build -t callboard-worker .
FROM node:22-bookworm-slim AS build
WORKDIR /app
ENV ONNXRUNTIME_NODE_INSTALL=skip ONNXRUNTIME_NODE_INSTALL_CUDA=skip
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
# The bundles, and only the packages that they load on this platform.
RUN node scripts/run.mjs setup agent && node --import tsx deploy/images/prune.ts

FROM node:22-bookworm-slim
WORKDIR /app
# The LiveKit SDK uses the system's certificates, which should be the latest.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/* && mkdir -p -m 700 /data/recordings && chmod 700 /data && chown -R node:node /data
# MALLOC_TRIM_THRESHOLD_ as in scripts/lib/groups.ts: it saves memory. HOME: LiveKit's SDK creates a folder there.
ENV NODE_ENV=production HOME=/tmp DATA_DIR=/data AGENT_HEALTH_PORT=8081 MALLOC_TRIM_THRESHOLD_=131072
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/.callboard/build ./.callboard/build
USER 1000
VOLUME /data
EXPOSE 8081
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.AGENT_HEALTH_PORT).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", ".callboard/build/agent/main.js", "start"]
