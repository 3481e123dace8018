package dev.guardrails4j.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.testkit.JarBuilder;
import java.io.IOException;
import java.util.Optional;
import java.util.jar.Attributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PluginManifestTest extends FaultyPluginCase {

    @Test
    void saysWhatThePluginIs() throws IOException {
        write("""
            name: Acme rails
            version: 1.2.0
            description: Rails of Acme.
            vendor: Acme
            homepage: https://acme.example/rails
            api: "[0.1,1.0)"
            """);

        assertThat(described())
                .isEqualTo(new PluginDescription(
                        Optional.of("Acme rails"),
                        Optional.of("1.2.0"),
                        Optional.of("Rails of Acme."),
                        Optional.of("Acme"),
                        Optional.of("https://acme.example/rails"),
                        Optional.of("[0.1,1.0)")));
    }

    @Test
    void takesFromTheJarsManifestWhatItDoesNotSay() throws IOException {
        new JarBuilder()
                .rail("com.bad.GoodRail", "good")
                .resource(PluginManifest.PATH, "name: Acme rails")
                .attribute(Attributes.Name.IMPLEMENTATION_TITLE, "other")
                .attribute(Attributes.Name.IMPLEMENTATION_VERSION, "3.1")
                .attribute(Attributes.Name.IMPLEMENTATION_VENDOR, "Acme")
                .writeTo(bad());

        assertThat(described().name()).contains("Acme rails");
        assertThat(described().version()).contains("3.1");
        assertThat(described().vendor()).contains("Acme");
    }

    @Test
    void isNotNeeded() throws IOException {
        new JarBuilder().rail("com.bad.GoodRail", "good").writeTo(bad());

        assertThat(load().problems()).isEmpty();
        assertThat(described()).isEqualTo(PluginDescription.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[0.1,1.0)", "^0.1", ">=0.1 <2", "[0.1,)", "0.1"})
    void loadsWhatFitsThisApi(String range) throws IOException {
        write("api: '" + range + "'");

        assertThat(load().problems()).isEmpty();
        assertThat(load().rail("good")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[9.0,10.0)", "^9", "rubbish"})
    void refusesWhatDoesNotFitThisApiBeforeAnyClassIsLoaded(String range) throws IOException {
        new JarBuilder()
                .rail("com.bad.GoodRail", "good", "static { System.setProperty(\"loaded.too.early\", \"yes\"); }")
                .resource(PluginManifest.PATH, "api: '" + range + "'")
                .writeTo(bad());

        assertThatOnlyNeighboursWork(load(), "bad.jar needs guardrails-api " + range + ", and 0.1.0 is here");
        assertThat(System.getProperty("loaded.too.early")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'name: [a'           | 'META-INF/guardrails/plugin.yml:1: not valid YAML'",
                "'name: {a: b}'       | 'name must be a string but is a map'",
                "'name: ${HOME}'      | 'HOME'"
            })
    void refusesWhatCannotBeRead(String text, String cause) throws IOException {
        write(text);

        assertThatOnlyNeighboursWork(load(), "bad.jar!/META-INF/guardrails/plugin.yml", cause);
    }

    @Test
    void reportsAMisspeltKeyAndUsesTheRest() throws IOException {
        write("name: Acme\nhompage: https://acme.example");

        assertThatGoodRailWorks(
                load(), "bad.jar!/META-INF/guardrails/plugin.yml:2: unknown key 'hompage'; did you mean 'homepage'?");
    }

    @Test
    void refusesOneOfEndlessLength() throws IOException {
        write("#".repeat(65 * 1024));

        assertThatOnlyNeighboursWork(load(), "is longer than 64 KiB");
    }

    private void write(String text) throws IOException {
        new JarBuilder()
                .rail("com.bad.GoodRail", "good")
                .resource(PluginManifest.PATH, text)
                .writeTo(bad());
    }

    private PluginDescription described() {
        return load().rail("good").orElseThrow().plugin().description();
    }
}
