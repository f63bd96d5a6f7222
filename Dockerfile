# docs/running.md tells how it is used.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc tsconfig.json tsconfig.build.json ./
RUN npm ci
COPY tools tools
COPY src src
COPY data data
RUN npm run build && npm prune --omit=dev

FROM node:22-bookworm-slim
ENV NODE_ENV=production STATE_DIR=/state HOST=0.0.0.0
WORKDIR /app
COPY package.json LICENSE ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY data data
COPY intents intents
# The page is served as it stands there.
COPY src/adapters/web/page src/adapters/web/page
RUN install --directory --owner=node --group=node --mode=700 /state
USER node
VOLUME /state
EXPOSE 8686
# Whatever the page answers, also that a token is wanted, shows that the bot is up and not stuck. The first start learns for a while.
HEALTHCHECK --interval=1m --timeout=10s --start-period=5m \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 8686}/`).then(({ status }) => process.exit(status < 500 ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "--disable-warning=ExperimentalWarning", "dist/cli/main.js"]
CMD ["start"]
