package dev.guardrails4j.server.http;

import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.engine.watch.ChangeWatch;
import dev.guardrails4j.engine.watch.Watched;
import dev.guardrails4j.server.tls.TlsSettings;
import java.util.List;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What new connections are made with: TLS 1.2 or 1.3, with the certificate that the files have. When they change, connections
 * that there are go on with the old one. Safe for use by many threads.
 */
final class TlsIdentity implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TlsIdentity.class);

    private final TlsSettings settings;
    private final SslContextFactory.Server factory = new SslContextFactory.Server();
    private final ChangeWatch watch;

    /** @throws RailConfigurationException if the files cannot be used */
    TlsIdentity(TlsSettings settings) {
        this.settings = settings;
        factory.setIncludeProtocols("TLSv1.2", "TLSv1.3");
        load(factory);
        this.watch = new ChangeWatch(List.of(new Watched("TLS files", settings::stamps, changed -> reload())));
    }

    SslContextFactory.Server factory() {
        return factory;
    }

    /** Takes up changes of the files from now on. */
    void watch() {
        watch.start();
    }

    private void load(SslContextFactory into) {
        into.setKeyStore(settings.identity());
        into.setKeyStorePassword(new String(settings.source().password()));
        settings.authorities().ifPresent(authorities -> {
            into.setTrustStore(authorities);
            factory.setNeedClientAuth(true);
        });
    }

    private void reload() {
        try {
            factory.reload(this::load);
            LOG.info("The TLS certificate was read anew; new connections use it");
        } catch (RailConfigurationException e) {
            LOG.warn("The TLS certificate stays as it was: {}", e.getMessage());
        } catch (Exception e) {
            // Jetty declares no more than that; between two files that are replaced they do not fit each other.
            LOG.warn("The TLS certificate stays as it was: its files cannot be used: {}", e.toString());
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
