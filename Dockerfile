# The server with a Java of its own, of just the modules that it needs. After "mvn package":
#   docker build -t guardrails4j .
FROM eclipse-temurin:25.0.1_8-jdk AS build
RUN jlink --output /opt/java --strip-debug --no-header-files --no-man-pages --compress zip-6 --add-modules \
    java.base,java.desktop,java.management,java.naming,java.net.http,java.security.jgss,java.sql,jdk.crypto.ec,jdk.httpserver,jdk.management,jdk.unsupported,jdk.zipfs
WORKDIR /opt/guardrails
ADD guardrails-server/target/guardrails-*.tar.gz /opt/unpacked/
# Without what only those need who develop; with the cache that makes starts faster, which is of this very Java.
RUN mv /opt/unpacked/guardrails-*/* . && rm -rf maven && GUARDRAILS_JAVA_HOME=/opt/java bin/guardrails warm

FROM debian:12.12-slim
RUN groupadd --gid 10001 guardrails && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp guardrails
COPY --from=build /opt/java /opt/java
COPY --from=build /opt/guardrails /opt/guardrails
ENV GUARDRAILS_JAVA_HOME=/opt/java \
    GUARDRAILS_JAVA_OPTS="-XX:MaxRAMPercentage=70" \
    GUARDRAILS_HOST=0.0.0.0 \
    XDG_CACHE_HOME=/tmp/cache
USER 10001:10001
WORKDIR /work
EXPOSE 8000
# Nothing is written but below /tmp: run it with a read-only root file system and a volume there.
ENTRYPOINT ["/opt/guardrails/bin/guardrails"]
CMD ["server", "--threads", "memory"]
