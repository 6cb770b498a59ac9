# Thrum on every core of a container, as a user without rights.
#   docker build --tag thrum .
#   docker run --publish 8000:8000 --env TOKEN_SECRET=… --env ALLOWED_ORIGINS=… thrum

FROM denoland/deno:2.9.6 AS build
WORKDIR /app
COPY deno.json deno.lock main.ts ./
COPY lib ./lib
COPY routes ./routes
COPY server ./server
COPY examples ./examples
# Dependencies by the lock, in a layer that the image keeps.
ENV DENO_DIR=/deno-dir
RUN deno cache --frozen main.ts

FROM denoland/deno:2.9.6
WORKDIR /app
COPY --from=build /deno-dir /deno-dir
COPY --from=build /app /app
ENV DENO_DIR=/deno-dir HOST=0.0.0.0 PORT=8000
USER deno
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s CMD ["deno", "eval", "await fetch(`http://127.0.0.1:${Deno.env.get('PORT')}/healthz`).then((response) => response.ok || Deno.exit(1), () => Deno.exit(1))"]
# SIGTERM drains it within 5 s.
CMD ["deno", "serve", "--cached-only", "--parallel", "--allow-net", "--allow-env", "--allow-read", "main.ts"]
