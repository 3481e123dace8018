package dev.guardrails4j.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What authors compile against says since when it is there. */
class SinceTest {

    private static final Pattern PUBLIC_TYPE =
            Pattern.compile("(?m)^public (?:final |sealed |abstract )*(?:class|interface|record|enum|@interface) ");
    private static final Pattern SINCE = Pattern.compile("(?m)^ \\* @since \\d+\\.\\d+$");

    static List<Path> sources() throws IOException {
        try (Stream<Path> api = Files.walk(Path.of("src/main/java"));
                Stream<Path> testkit = Files.walk(Path.of("../guardrails-testkit/src/main/java"))) {
            return Stream.concat(api, testkit)
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void everyPublicTypeSaysSinceWhen(Path source) throws IOException {
        String text = Files.readString(source);

        if (PUBLIC_TYPE.matcher(text).find()) {
            assertThat(text).containsPattern(SINCE);
        }
    }
}
