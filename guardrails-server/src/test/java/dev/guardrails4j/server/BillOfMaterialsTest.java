package dev.guardrails4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** guardrails-bom has no parent, so nothing else keeps it from falling behind. */
class BillOfMaterialsTest {

    private static final Path ROOT = Path.of("..");

    @Test
    void namesEveryModuleThatIsPublished() throws IOException {
        List<String> published = found("<module>(.*)</module>", ROOT.resolve("pom.xml")).stream()
                .filter(module -> !module.equals("guardrails-bom") && !module.equals("guardrails-benchmarks"))
                .toList();

        assertThat(found("<artifactId>(.*)</artifactId>", ROOT.resolve("guardrails-bom/pom.xml")))
                .containsExactlyInAnyOrder(with(published, "guardrails-bom"));
    }

    @Test
    void hasTheVersionOfTheModules() throws IOException {
        String own = found("<version>(.*)</version>", ROOT.resolve("guardrails-bom/pom.xml"))
                .get(0);

        assertThat(own)
                .isEqualTo(found("<version>(.*)</version>", ROOT.resolve("pom.xml"))
                        .get(0));
    }

    private static String[] with(List<String> names, String other) {
        String[] all = names.toArray(new String[names.size() + 1]);
        all[names.size()] = other;
        return all;
    }

    private static List<String> found(String pattern, Path file) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
