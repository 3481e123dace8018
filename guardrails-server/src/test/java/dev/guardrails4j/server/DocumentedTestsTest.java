package dev.guardrails4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that say how a promise is tested name tests that there are. */
class DocumentedTestsTest {

    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Test)`");

    @ParameterizedTest
    @ValueSource(strings = {"security.md", "faults.md"})
    void namesTestsThatThereAre(String page) throws IOException {
        Set<String> named = TEST.matcher(Files.readString(Path.of("../docs", page)))
                .results()
                .map((MatchResult test) -> test.group(1))
                .collect(Collectors.toSet());

        assertThat(named).hasSizeGreaterThan(10);
        assertThat(there()).containsAll(named);
    }

    private static Set<String> there() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of(".."))) {
            return folders.map(folder -> folder.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(DocumentedTestsTest::names)
                    .collect(Collectors.toSet());
        }
    }

    private static Stream<String> names(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> file.getFileName().toString().replace(".java", "")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
