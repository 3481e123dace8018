package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.ModelSetup;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.engine.config.HttpAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A model's entry in a configuration, from a map of its parameters. */
final class TestSetup implements ModelSetup {

    private final String type;
    private final String engine;
    private final String model;
    private final String apiKey;
    private final TestSettings parameters;
    private Function<String, Optional<String>> environment = name -> Optional.empty();

    private TestSetup(String type, String engine, String model, String apiKey, Map<String, ?> parameters) {
        this.type = type;
        this.engine = engine;
        this.model = model;
        this.apiKey = apiKey;
        this.parameters = new TestSettings(parameters);
    }

    static TestSetup of(String engine, Map<String, ?> parameters) {
        return new TestSetup("main", engine, "test-model", "", parameters);
    }

    TestSetup type(String type) {
        return new TestSetup(type, engine, model, apiKey, parameters.values);
    }

    TestSetup model(String model) {
        return new TestSetup(type, engine, model, apiKey, parameters.values);
    }

    TestSetup apiKey(String apiKey) {
        return new TestSetup(type, engine, model, apiKey, parameters.values);
    }

    TestSetup with(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(parameters.values);
        more.put(key, value);
        return new TestSetup(type, engine, model, apiKey, more);
    }

    /** Sets where usual keys come from. */
    TestSetup environment(Function<String, Optional<String>> environment) {
        this.environment = environment;
        return this;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public String engine() {
        return engine;
    }

    @Override
    public Optional<String> model() {
        return Optional.of(model).filter(name -> !name.isEmpty());
    }

    @Override
    public Optional<String> apiKey() {
        return Optional.of(apiKey).filter(key -> !key.isEmpty());
    }

    @Override
    public Optional<String> apiKey(URI destination) {
        return apiKey();
    }

    @Override
    public Optional<String> usualKey(String variable, URI destination) {
        return environment.apply(variable).filter(value -> !value.isBlank());
    }

    @Override
    public Settings parameters() {
        return parameters;
    }

    @Override
    public Map<String, Object> requestParameters() {
        Map<String, Object> unread = new LinkedHashMap<>(parameters.values);
        unread.keySet().removeAll(parameters.read);
        return unread;
    }

    private static final class TestSettings implements Settings {

        private final Map<String, Object> values;
        private final Set<String> read = new HashSet<>();

        TestSettings(Map<String, ?> values) {
            this.values = new LinkedHashMap<>(values);
        }

        @Override
        public boolean isPresent() {
            return !values.isEmpty();
        }

        @Override
        public Set<String> keys() {
            return values.keySet();
        }

        @Override
        public String string(String key) {
            read.add(key);
            if (!(values.get(key) instanceof String)) {
                throw error(key, "must be a string");
            }
            return (String) values.get(key);
        }

        @Override
        public String string(String key, String defaultValue) {
            read.add(key);
            return values.containsKey(key) ? string(key) : defaultValue;
        }

        @Override
        public URI uri(String key) {
            return HttpAddress.parse(string(key), problem -> error(key, problem));
        }

        @Override
        public URI uri(String key, URI defaultValue) {
            read.add(key);
            return values.containsKey(key) ? uri(key) : defaultValue;
        }

        @Override
        public String literal(String key) {
            return string(key);
        }

        @Override
        public List<String> literals(String key, List<String> defaultValue) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> secret(String key, URI destination) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int integer(String key, int defaultValue) {
            read.add(key);
            return (int) values.getOrDefault(key, defaultValue);
        }

        @Override
        public Duration duration(String key, Duration defaultValue) {
            read.add(key);
            return (Duration) values.getOrDefault(key, defaultValue);
        }

        @Override
        @SuppressWarnings("unchecked")
        public Settings section(String key) {
            read.add(key);
            return new TestSettings((Map<String, Object>) values.getOrDefault(key, Map.of()));
        }

        @Override
        public RailConfigurationException error(String key, String problem) {
            return new RailConfigurationException("config.yml:1: " + key + " " + problem);
        }

        @Override
        public List<String> strings(String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> strings(String key, List<String> defaultValue) {
            throw new UnsupportedOperationException();
        }

        @Override
        public double number(String key, double defaultValue) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean flag(String key, boolean defaultValue) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Settings> sections(String key) {
            throw new UnsupportedOperationException();
        }
    }
}
