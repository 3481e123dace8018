package dev.guardrails4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.Rail;
import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.config.Problem;
import dev.guardrails4j.testkit.JarBuilder;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A third party's rail that describes its settings and reads only those it needs. */
class DescribedSettingsTest {

    private static final String RAIL = """
        import dev.guardrails4j.api.*;
        import java.util.*;
        public class DescribedRail implements Rail {
            @Override public String name() { return "described"; }
            @Override public Set<Stage> stages() { return Set.of(Stage.INPUT); }
            @Override public List<Setting> parameters() {
                return List.of(Setting.oneOf("mode", "How strict.", "lax", "strict").required());
            }
            @Override public List<Setting> settings() {
                return List.of(Setting.section("described", "",
                        Setting.strings("names", "").required(),
                        Setting.integer("limit", "").between(1, 10),
                        Setting.duration("patience", ""),
                        Setting.number("share", ""),
                        Setting.oneOf("action", "", "block", "mask"),
                        Setting.section("deep", "", Setting.flag("on", "")),
                        Setting.sections("rules", "", Setting.string("pattern", "").required()),
                        Setting.openSection("texts", "")));
            }
            @Override public RailCheck configure(RailSetup setup) {
                setup.settings("described").strings("names");
                return context -> Verdict.allow();
            }
        }
        """;

    @TempDir
    private Path folder;

    private ClassLoader classPath;

    @BeforeEach
    void compileTheRail() throws IOException {
        Path jar = new JarBuilder()
                .source("com.acme.DescribedRail", RAIL)
                .service(Rail.class, "com.acme.DescribedRail")
                .writeTo(folder.resolve("acme.jar"));
        classPath = new URLClassLoader(new URL[] {jar.toUri().toURL()}, Rail.class.getClassLoader());
    }

    @Test
    void acceptsWhatTheRailDescribesAndDoesNotRead() throws IOException {
        assertThat(problems("described $mode=lax", """
            names: [a]
            limit: 3
            patience: 2s
            share: 0.5
            action: mask
            deep: {on: true}
            rules: [{pattern: x}]
            texts: {any: thing}
            """)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nmaes: [b]          | unknown key 'nmaes' in rails.config.described; did you mean 'names'?",
                "limit: 11           | rails.config.described.limit must be a number from 1 to 10",
                "limit: many         | rails.config.described.limit must be a whole number but is a string",
                "patience: soon      | rails.config.described.patience must be a length of time",
                "share: much         | rails.config.described.share must be a number but is a string",
                "action: burn        | rails.config.described.action must be one of block, mask",
                "deep: {off: 1}      | unknown key 'off' in rails.config.described.deep; known keys: on",
                "deep: {on: maybe}   | rails.config.described.deep.on must be true or false but is a string",
                "deep: 3             | rails.config.described.deep must be a map but is a number",
                "rules: [{}]         | rails.config.described.rules[0].pattern is missing; set it to a string",
                "rules: [{patern: x}] | unknown key 'patern' in rails.config.described.rules[0]; did you mean"
                        + " 'pattern'?",
                "texts: []           | rails.config.described.texts must be a map but is a list"
            })
    void refusesWhatIsNotAsDescribedThoughTheRailDoesNotReadIt(String line, String message) throws IOException {
        assertThat(problems("described $mode=lax", "names: [a]\n" + line)).anySatisfy(problem -> {
            assertThat(problem.message()).startsWith(message.strip());
            assertThat(problem.location().line()).isEqualTo(9);
        });
    }

    @Test
    void saysWhatIsMissingOnce() throws IOException {
        assertThat(problems("described $mode=lax", "limit: 1"))
                .extracting(Problem::message)
                .containsExactly("rails.config.described.names is missing; set it to a list of strings");
    }

    @Test
    void saysOfARailThatGaveUpWhatItsSettingsLack() throws IOException {
        assertThat(problems("described $mode=lax", "limt: 1"))
                .extracting(Problem::message)
                .contains("unknown key 'limt' in rails.config.described; did you mean 'limit'?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "described              | the flow 'described' needs the parameter $mode: How strict.",
                "described $mode=rough  | the parameter $mode of the flow 'described' must be one of lax, strict",
                "described $mode=lax $x=1 | the flow 'described' has no parameter '$x'"
            })
    void refusesParametersThatAreNotAsDescribed(String flow, String message) throws IOException {
        assertThat(problems(flow, "names: [a]")).extracting(Problem::message).containsExactly(message.strip());
    }

    @Test
    void warnsOfTheSettingsOfARailThatIsNotListed() throws IOException {
        Files.writeString(folder.resolve("config.yml"), """
            rails:
              config:
                described:
                  names: [a]
            """);

        assertThat(load())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .contains("warning: rails.config.described has no effect: no rail of this configuration reads it");
    }

    private List<Problem> problems(String flow, String settings) throws IOException {
        Files.writeString(folder.resolve("config.yml"), """
            rails:
              input:
                flows:
                  - %s
              config:
                # In the eighth line the settings begin.
                described:
            %s\
            """.formatted(flow, settings.indent(6)));
        return load();
    }

    private List<Problem> load() {
        Thread thread = Thread.currentThread();
        ClassLoader former = thread.getContextClassLoader();
        thread.setContextClassLoader(classPath);
        try (Guardrails guardrails = Guardrails.fromPath(folder)) {
            return guardrails.warnings();
        } catch (InvalidConfigException e) {
            assertThatThrownBy(() -> {
                        throw e;
                    })
                    .hasMessageContaining("config.yml");
            return e.problems();
        } finally {
            thread.setContextClassLoader(former);
        }
    }
}
