package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.TlsOptions;
import dev.guardrails4j.engine.config.PemFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.ssl.SSLContextBuilder;

/** What TLS options say, as connections need it. */
final class TlsMaterial {

    private static final char[] NO_PASSWORD = {};

    private TlsMaterial() {}

    /**
     * Trusts whom the JDK trusts. To find that out takes a tenth of a second: it is done by the first connection, or when the
     * start of a server should be over.
     */
    static TlsSocketStrategy ofTheJdk() {
        FutureTask<TlsSocketStrategy> strategy = new FutureTask<>(DefaultClientTlsStrategy::createDefault);
        CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS).execute(strategy);
        return (socket, target, port, attachment, context) -> {
            strategy.run();
            try {
                return strategy.get().upgrade(socket, target, port, attachment, context);
            } catch (ExecutionException e) {
                throw new SSLException("the authorities that the JDK trusts cannot be read", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        };
    }

    /** @throws RailConfigurationException if a file cannot be read, or is not what it must be */
    static TlsSocketStrategy strategy(TlsOptions options) {
        try {
            SSLContext context = context(options);
            return new DefaultClientTlsStrategy(
                    context,
                    options.verified() ? HttpsSupport.getDefaultHostnameVerifier() : NoopHostnameVerifier.INSTANCE);
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new RailConfigurationException(
                    "its TLS options cannot be used: " + e.getClass().getSimpleName());
        }
    }

    private static SSLContext context(TlsOptions options) throws GeneralSecurityException, IOException {
        SSLContextBuilder builder = SSLContextBuilder.create();
        if (!options.verified()) {
            builder.loadTrustMaterial(null, (chain, authentication) -> true);
        } else if (options.authorities().isPresent()) {
            KeyStore trusted = empty();
            List<Certificate> certificates =
                    PemFile.certificates(options.authorities().get());
            for (int i = 0; i < certificates.size(); i++) {
                trusted.setCertificateEntry("authority" + i, certificates.get(i));
            }
            builder.loadTrustMaterial(trusted, null);
        }
        if (options.certificate().isPresent() && options.key().isPresent()) {
            KeyStore own = empty();
            own.setKeyEntry(
                    "own",
                    PemFile.key(options.key().get()),
                    NO_PASSWORD,
                    PemFile.certificates(options.certificate().get()).toArray(Certificate[]::new));
            builder.loadKeyMaterial(own, NO_PASSWORD);
        }
        return builder.build();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }
}
