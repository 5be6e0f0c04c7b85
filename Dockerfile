# The image of IM User Service: one for the console, the service and the preparation of their database (docs/installation.md).
#   docker build -t im-user-service .
ARG NODE_IMAGE=docker.io/library/node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN node scripts/release.mjs /out \
  && mkdir /release \
  && tar -xzf /out/*.tar.gz -C /release --strip-components=1 --no-same-owner

FROM ${NODE_IMAGE}
RUN groupadd --gid 10001 im-user-service \
  && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/im-user-service --shell /usr/sbin/nologin im-user-service \
  && install -d -o 10001 -g 10001 -m 0700 /var/lib/im-user-service
COPY --from=build /release /opt/im-user-service
WORKDIR /opt/im-user-service
# Other containers and the published ports are other machines to it.
ENV DATA_DIR=/var/lib/im-user-service \
  CONSOLE_HOST=0.0.0.0 \
  SERVICE_HOST=0.0.0.0
USER 10001:10001
VOLUME /var/lib/im-user-service
EXPOSE 3000 3001 9464
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["node", "healthcheck.mjs"]
# Everything with an embedded database; or one part: console, service, migrate.
ENTRYPOINT ["node", "--max-semi-space-size=32", "server.mjs"]
