package dev.guardrails4j.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contract "config and rails" 6.5: {@code tracing}, and above all its adapter {@code FileSystem}. */
class TracingReaderTest {

    private static final String ADAPTER = """
            tracing:
              enabled: %s
              adapters:
              - name: FileSystem
                filepath: %s
            """;

    @TempDir
    private Path folder;

    @Test
    void writesWhereTheAdaptersSay() {
        Path file = folder.resolve("not/there/yet/traces.jsonl");

        assertThat(Reading.sound(ADAPTER.formatted(true, file)).tracing().files())
                .containsExactly(file);
        assertThat(file.getParent().getParent()).doesNotExist();
    }

    @Test
    void writesWhereTheReferenceDoesIfTheAdapterDoesNotSay() {
        assertThat(Reading.sound(
                                "tracing: {enabled: true, adapters: [{name: FileSystem}, {name: OpenTelemetry, any: 1}]}")
                        .tracing()
                        .files())
                .containsExactly(Path.of(".traces/trace.jsonl").toAbsolutePath());
    }

    @Test
    void writesNothingIfTracingIsOff() {
        assertThat(Reading.sound(ADAPTER.formatted(false, folder)).tracing()).isEqualTo(TracingConfig.DEFAULT);
    }

    @Test
    void refusesAFolder() {
        assertThat(Reading.problems(ADAPTER.formatted(true, folder)))
                .containsExactly("config.yml:5: tracing.adapters[0].filepath is " + folder
                        + ", which is a folder; name a file in it");
    }

    @Test
    void refusesAFileBelowAFile() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(Reading.problems(ADAPTER.formatted(true, file.resolve("traces.jsonl"))))
                .containsExactly("config.yml:5: tracing.adapters[0].filepath is " + file.resolve("traces.jsonl")
                        + ", which cannot be made: " + file
                        + " is no folder that this user may write to; name another file");
    }

    @Test
    void refusesWhatIsNoFile() {
        assertThat(Reading.problems(ADAPTER.formatted(true, "/dev/null")))
                .containsExactly(
                        "config.yml:5: tracing.adapters[0].filepath is /dev/null, which is no file that this user"
                                + " may write; name another");
    }

    @Test
    void refusesWhatTheAdapterDoesNotHave() {
        assertThat(Reading.problems("tracing: {enabled: true, adapters: [{name: FileSystem, filepaht: a}]}"))
                .containsExactly(
                        "config.yml:1: unknown key 'filepaht' in tracing.adapters[0]; did you mean 'filepath'?");
        assertThat(Reading.problems("tracing: {enabled: true, adapters: [{filepath: a}]}"))
                .containsExactly(
                        "config.yml:1: tracing.adapters[0].name is missing; write OpenTelemetry or FileSystem");
    }

    @Test
    void refusesCallersWhoWantAnyFile() throws JsonProcessingException {
        ConfigLoader loader = Reading.loader();
        Reach none = new Reach(Map.of(), Map.of());
        for (String adapter : List.of("{'name': 'FileSystem', 'filepath': 'a'}", "{'name': 'FileSystem'}")) {
            JsonNode config = json("{'tracing': {'enabled': true, 'adapters': [" + adapter + "]}}");

            assertThat(List.of(CallerConfig.inline(config), CallerConfig.stored("team/own", config)))
                    .allSatisfy(caller -> assertThat(loader.read(caller, none).problems())
                            .singleElement()
                            .hasToString(
                                    caller.name() + ": tracing.adapters[0].filepath names a file, which a configuration"
                                            + " that came over HTTP may not; leave the adapter FileSystem out"));
        }
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new JsonMapper().readTree(text.replace('\'', '"'));
    }

    @Test
    void writesToTheFilesOfBothConfigurationsThatAreCombined() {
        TracingConfig one = new TracingConfig(false, false, Set.of(folder.resolve("one")));
        TracingConfig other = new TracingConfig(false, true, Set.of(folder.resolve("other")));

        assertThat(one.and(other).files()).containsExactlyInAnyOrder(folder.resolve("one"), folder.resolve("other"));
    }
}
