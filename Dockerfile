# Debian, not Alpine: the embedded Postgres binaries need glibc.
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc tsconfig.json tsconfig.build.json ./
COPY bin ./bin
COPY src ./src
# npm ci runs `prepare`, which compiles src to dist; that takes the compiler, so the development parts go afterwards.
RUN npm ci && npm prune --omit=dev

FROM node:24-bookworm-slim
COPY --from=build /build/package.json /app/package.json
COPY --from=build /build/bin /app/bin
COPY --from=build /build/node_modules /app/node_modules
COPY --from=build /build/dist /app/dist
COPY migrations /app/migrations
COPY app.yml /app/app.yml
# The working directory is what the app writes to: `.env` after the registration, and the embedded database in `.plankeeper`.
RUN mkdir /data && chown node:node /data && ln -s /app/bin/plankeeper.js /usr/local/bin/plankeeper
WORKDIR /data
VOLUME /data
USER node
ENV HOST=0.0.0.0 PORT=3000
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/alive`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# No shell in between: the signals of `docker stop` reach the app, which then finishes what it has begun.
ENTRYPOINT ["node", "/app/dist/main.js"]
