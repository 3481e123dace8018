package dev.guardrails4j.server.settings;

import dev.guardrails4j.server.tls.TlsSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the server is to prove itself with, as it is written.
 *
 * @param certificate a PEM file; goes with the key
 * @param key a PEM file
 * @param keystore in place of both
 * @param password that of the key store
 * @param clientCa a PEM file
 */
public record TlsChoice(
        Optional<String> certificate,
        Optional<String> key,
        Optional<String> keystore,
        Optional<String> password,
        Optional<String> clientCa) {

    static TlsChoice read(Section tls, Function<String, String> secrets) {
        TlsChoice choice = new TlsChoice(
                tls.string("certificate"),
                tls.string("key"),
                tls.string("keystore"),
                tls.parsed("password_env_var", secrets),
                tls.string("client_ca"));
        boolean isPem = choice.certificate().isPresent() && choice.key().isPresent();
        boolean isHalf = choice.certificate().isPresent() != choice.key().isPresent();
        if (isHalf || (isPem && choice.keystore().isPresent())) {
            tls.reject("certificate", "goes with a key, and without a keystore");
        } else if (choice.keystore().isPresent() && !tls.keys().contains("password_env_var")) {
            tls.reject("keystore", "needs password_env_var, the variable that holds its password");
        } else if (!isPem && choice.keystore().isEmpty() && !tls.keys().isEmpty()) {
            tls.reject("certificate", "is missing; give certificate and key, or keystore and password_env_var");
        }
        return choice;
    }

    /**
     * The same with paths; empty if nothing is said.
     *
     * @param path what a path that is written stands for
     */
    public Optional<TlsSettings> settings(Function<String, Path> path) {
        Optional<TlsSettings.Source> store =
                keystore.map(file -> new TlsSettings.Store(path.apply(file), password.orElse("")));
        return store.or(() -> certificate.flatMap(
                        chain -> key.map(own -> new TlsSettings.Pem(path.apply(chain), path.apply(own)))))
                .map(source -> new TlsSettings(source, clientCa.map(path)));
    }
}
