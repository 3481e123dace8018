package dev.guardrails4j.rails.contentsafety.jailbreak;

import dev.guardrails4j.api.EndpointAddress;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Settings;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The section {@code jailbreak_detection} of {@code rails.config}, contract "config and rails" 1.4. Both rails read all of it:
 * what the other one needs is not a typing error.
 *
 * @param server where the reference's own server is asked
 * @param nim where a NIM is asked
 * @param thresholds of the heuristics
 */
record JailbreakSettings(Optional<EndpointAddress> server, Optional<EndpointAddress> nim, Thresholds thresholds) {

    private static final String NAME = "jailbreak_detection";
    private static final String SERVER_ENDPOINT = "server_endpoint";
    private static final String NIM_BASE_URL = "nim_base_url";
    private static final String NIM_URL = "nim_url";
    private static final String NIM_PORT = "nim_port";
    private static final String KEY_VARIABLE = "api_key_env_var";
    private static final String NIM_ENDPOINT = "nim_server_endpoint";
    private static final String LENGTH_PER_PERPLEXITY = "length_per_perplexity_threshold";
    private static final String PREFIX_SUFFIX_PERPLEXITY = "prefix_suffix_perplexity_threshold";
    private static final double DEFAULT_LENGTH_PER_PERPLEXITY = 89.79;
    private static final double DEFAULT_PREFIX_SUFFIX_PERPLEXITY = 1845.65;
    private static final String DEFAULT_NIM_ENDPOINT = "classify";
    private static final int DEFAULT_NIM_PORT = 8000;
    private static final Pattern LOOPBACK = Pattern.compile(
            "localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|0\\.0\\.0\\.0|\\[?::1]?", Pattern.CASE_INSENSITIVE);

    static final List<Setting> DESCRIPTION = List.of(Setting.section(
            NAME,
            "Which server is asked whether a message is a jailbreak attempt.",
            Setting.string(NIM_BASE_URL, "The base URL of a NIM: https, or http on this machine."),
            Setting.string(NIM_ENDPOINT, "What is appended to nim_base_url.").defaultsTo(DEFAULT_NIM_ENDPOINT),
            Setting.string(KEY_VARIABLE, "The environment variable that holds the NIM's key."),
            Setting.string("api_key", "The NIM's key itself; api_key_env_var keeps it out of the file."),
            Setting.string(SERVER_ENDPOINT, "The whole address of a server of the reference's protocol."),
            Setting.number(LENGTH_PER_PERPLEXITY, "Characters by perplexity from which on it is one, above 0.")
                    .defaultsTo(DEFAULT_LENGTH_PER_PERPLEXITY),
            Setting.number(
                            PREFIX_SUFFIX_PERPLEXITY,
                            "The perplexity of the first or last words from which on it is one, above 0.")
                    .defaultsTo(DEFAULT_PREFIX_SUFFIX_PERPLEXITY),
            Setting.string("embedding", "Has no effect: there is no model within the process."),
            Setting.string(NIM_URL, "Older spelling: the NIM's host."),
            Setting.integer(NIM_PORT, "Older spelling: the NIM's port.")
                    .between(1, 0xffff)
                    .defaultsTo(DEFAULT_NIM_PORT)));

    /**
     * From where on the heuristics call a message a jailbreak, both above 0.
     *
     * @param lengthPerPerplexity characters by perplexity
     * @param prefixSuffixPerplexity the perplexity of the first or last words
     */
    record Thresholds(double lengthPerPerplexity, double prefixSuffixPerplexity) {

        private static Thresholds read(Settings settings) {
            return new Thresholds(
                    positive(settings, LENGTH_PER_PERPLEXITY, DEFAULT_LENGTH_PER_PERPLEXITY),
                    positive(settings, PREFIX_SUFFIX_PERPLEXITY, DEFAULT_PREFIX_SUFFIX_PERPLEXITY));
        }

        private static double positive(Settings settings, String key, double defaultValue) {
            double value = settings.number(key, defaultValue);
            if (!(value > 0) || Double.isInfinite(value)) {
                throw settings.error(key, "must be a number above 0");
            }
            return value;
        }
    }

    /** @throws RailConfigurationException if a value is not one there can be */
    static JailbreakSettings read(RailSetup setup) {
        Settings settings = setup.settings(NAME);
        // Names the model of a classifier within the process, which there is none of here.
        settings.string("embedding", "");
        Thresholds thresholds = Thresholds.read(settings);
        Optional<EndpointAddress> server = has(settings, SERVER_ENDPOINT)
                ? Optional.of(EndpointAddress.of(NAME, settings.uri(SERVER_ENDPOINT)))
                : Optional.empty();
        return new JailbreakSettings(server, nim(settings), thresholds);
    }

    private static Optional<EndpointAddress> nim(Settings settings) {
        String endpoint = settings.string(NIM_ENDPOINT, DEFAULT_NIM_ENDPOINT).strip();
        String host = settings.string(NIM_URL, "").strip();
        int port = settings.integer(NIM_PORT, DEFAULT_NIM_PORT);
        String inConfiguration = settings.string("api_key", "").strip();
        if (!has(settings, NIM_BASE_URL) && host.isEmpty()) {
            settings.string(KEY_VARIABLE, "");
            return Optional.empty();
        }
        if (endpoint.isEmpty()) {
            throw settings.error(NIM_ENDPOINT, "must not be empty: it is appended to nim_base_url");
        }
        URI base = has(settings, NIM_BASE_URL) ? secureBase(settings) : deprecatedBase(settings, host, port);
        URI uri = URI.create(base.toString().replaceFirst("/+$", "") + "/" + endpoint.replaceFirst("^/+", ""));
        Optional<String> key = settings.secret(KEY_VARIABLE, uri)
                .or(() -> inConfiguration.isEmpty() ? Optional.empty() : Optional.of(inConfiguration));
        return Optional.of(EndpointAddress.of(NAME, uri).withKey(key));
    }

    private static URI secureBase(Settings settings) {
        URI base = settings.uri(NIM_BASE_URL);
        if (base.getScheme().equalsIgnoreCase("http") && !isLoopback(base.getHost())) {
            throw settings.error(NIM_BASE_URL, "must begin with https://, unless the NIM is on this machine");
        }
        return base;
    }

    /** What older configurations have: a host and a port. */
    private static URI deprecatedBase(Settings settings, String host, int port) {
        if (port < 1 || port > 0xffff) {
            throw settings.error(NIM_PORT, "must be from 1 to 65535");
        }
        if (!host.matches("[A-Za-z0-9._-]+")) {
            throw settings.error(NIM_URL, "must be the name of a host; give an address with nim_base_url");
        }
        return URI.create((isLoopback(host) ? "http" : "https") + "://" + host + ":" + port + "/v1");
    }

    private static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    private static boolean has(Settings settings, String key) {
        return !settings.string(key, "").isBlank();
    }
}
