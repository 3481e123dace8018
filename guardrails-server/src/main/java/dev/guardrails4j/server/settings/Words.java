package dev.guardrails4j.server.settings;

import dev.guardrails4j.engine.config.Spelling;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads settings that are one of a few words. */
final class Words {

    private Words() {}

    /**
     * Reads the constant of a word: {@code every_second} for {@code EVERY_SECOND}.
     *
     * @throws IllegalArgumentException if it is no word of the kind
     */
    static <E extends Enum<E>> E parse(String text, Class<E> kind) {
        List<String> words = Arrays.stream(kind.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        if (!words.contains(text)) {
            throw new IllegalArgumentException(
                    "must be one of " + String.join(", ", words) + Spelling.suggestion(text, words));
        }
        return kind.getEnumConstants()[words.indexOf(text)];
    }
}
