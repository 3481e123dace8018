package dev.guardrails4j.server.settings;

import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.config.NodeSettings;
import dev.guardrails4j.engine.config.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A section of the settings that collects what is wrong instead of stopping at it. For one thread.
 *
 * @param settings the section
 * @param problems where what is wrong is collected
 */
record Section(NodeSettings settings, List<Problem> problems) {

    /** A section below this one. */
    Section at(String key) {
        return new Section(attempt(() -> settings.section(key)).orElse(NodeSettings.NONE), problems);
    }

    /** The sections of a list below this one. */
    List<Section> list(String key) {
        return attempt(() -> settings.sections(key)).orElse(List.of()).stream()
                .filter(NodeSettings.class::isInstance)
                .map(section -> new Section((NodeSettings) section, problems))
                .toList();
    }

    /** A list of strings, empty if there is none. */
    List<String> strings(String key) {
        return attempt(() -> settings.strings(key, List.of())).orElse(List.of());
    }

    /** A string that must be there. */
    Optional<String> required(String key) {
        return attempt(() -> settings.string(key));
    }

    Optional<String> string(String key) {
        return given(key, () -> settings.string(key, ""));
    }

    Optional<Boolean> flag(String key) {
        return given(key, () -> settings.flag(key, false));
    }

    Optional<Integer> integer(String key, int least, int most) {
        return within(key, () -> settings.integer(key, least), least, most, String::valueOf);
    }

    /** The keys of the section. */
    Set<String> keys() {
        return attempt(settings::keys).orElse(Set.of());
    }

    /** A length of time that is more than nothing. */
    Optional<Duration> duration(String key) {
        return given(key, () -> settings.duration(key, Duration.ZERO)).filter(time -> {
            if (time.isZero()) {
                reject(key, "must be more than nothing");
            }
            return !time.isZero();
        });
    }

    /** A length of time within bounds. */
    Optional<Duration> duration(String key, Duration least, Duration most) {
        return within(key, () -> settings.duration(key, least), least, most, Section::text);
    }

    private <T extends Comparable<T>> Optional<T> within(
            String key, Supplier<T> value, T least, T most, Function<T, String> text) {
        return given(key, value).filter(read -> {
            boolean fits = read.compareTo(least) >= 0 && read.compareTo(most) <= 0;
            if (!fits) {
                reject(key, "must be from %s to %s".formatted(text.apply(least), text.apply(most)));
            }
            return fits;
        });
    }

    private static String text(Duration time) {
        return time.toMillisPart() == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }

    /** Strings, each of which a function understands. */
    <T> Optional<List<T>> parsedEach(String key, Function<String, T> parser) {
        return given(key, () -> settings.strings(key, List.of()))
                .map(texts -> texts.stream()
                        .flatMap(text -> {
                            try {
                                return Stream.of(parser.apply(text));
                            } catch (IllegalArgumentException e) {
                                reject(key, "each entry " + e.getMessage());
                                return Stream.empty();
                            }
                        })
                        .toList());
    }

    /** A string that a function understands; what it says of one that it does not is the problem. */
    <T> Optional<T> parsed(String key, Function<String, T> parser) {
        return string(key).flatMap(text -> understood(key, text, parser));
    }

    /** Strings that a function understands together. */
    <T> Optional<T> parsedStrings(String key, Function<List<String>, T> parser) {
        return given(key, () -> settings.strings(key, List.of())).flatMap(texts -> understood(key, texts, parser));
    }

    /** Records that the value of a key is not right. */
    void reject(String key, String problem) {
        if (settings.error(key, problem) instanceof InvalidConfigException error) {
            problems.addAll(error.problems());
        }
    }

    private <S, T> Optional<T> understood(String key, S written, Function<S, T> parser) {
        try {
            return Optional.of(parser.apply(written));
        } catch (IllegalArgumentException e) {
            reject(key, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private <T> Optional<T> given(String key, Supplier<T> value) {
        boolean isGiven = attempt(() -> settings.keys().contains(key)).orElse(false);
        Optional<T> read = attempt(value);
        return isGiven ? read : Optional.empty();
    }

    private <T> Optional<T> attempt(Supplier<T> value) {
        try {
            return Optional.of(value.get());
        } catch (InvalidConfigException e) {
            e.problems().stream().filter(problem -> !problems.contains(problem)).forEach(problems::add);
            return Optional.empty();
        }
    }
}
