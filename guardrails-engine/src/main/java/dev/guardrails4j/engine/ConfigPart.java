package dev.guardrails4j.engine;

import dev.guardrails4j.engine.config.CallerConfig;
import java.util.Optional;

/** One of the configurations that are combined for a request. */
public sealed interface ConfigPart {

    /** What it is called in messages. */
    String name();

    /** What it is told apart by from others, its contents included. */
    String fingerprint();

    /**
     * A configuration of the operator's.
     *
     * @param name its id, as {@link Configurations#open} takes it
     */
    record OfFolder(String name) implements ConfigPart {

        @Override
        public String fingerprint() {
            return name;
        }
    }

    /**
     * A configuration that the program brings, trusted as the operator's.
     *
     * @param text YAML or JSON
     */
    record BuiltIn(String name, String text) implements ConfigPart {

        @Override
        public String fingerprint() {
            return name;
        }
    }

    /**
     * A configuration that came over HTTP, with the request or before it.
     *
     * @param lender the id of a configuration of the operator's whose models it gets if it has none
     */
    record OfCaller(CallerConfig config, Optional<String> lender) implements ConfigPart {

        /** One that gets no models. */
        public OfCaller(CallerConfig config) {
            this(config, Optional.empty());
        }

        @Override
        public String name() {
            return config.name();
        }

        @Override
        public String fingerprint() {
            return lender.map(id -> config.fingerprint() + " with the models of " + id)
                    .orElseGet(config::fingerprint);
        }
    }
}
