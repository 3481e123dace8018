package dev.guardrails4j.server.settings;

import java.util.List;
import java.util.Optional;

/**
 * Which plug-ins are let in.
 *
 * @param allowlist SHA-256 sums of jars; empty if there is no list
 * @param keyStore the file with the certificates of accepted signers, as it is written; empty if there is none
 * @param keyStorePassword its password
 */
public record PluginSettings(
        Optional<List<String>> allowlist, Optional<String> keyStore, Optional<String> keyStorePassword) {

    /** Every plug-in. */
    public static final PluginSettings DEFAULT =
            new PluginSettings(Optional.empty(), Optional.empty(), Optional.empty());
}
