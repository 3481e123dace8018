package dev.guardrails4j.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That what it makes can be built, tested and run is shown with the distribution: {@code DistributionIT}. */
class NewRailCommandTest {

    @TempDir
    private Path folder;

    @Test
    void makesAProjectNamedAfterTheRail() throws IOException {
        Cli cli = new Cli(folder);

        assertThat(cli.run("new-rail", "ticket check", "--package", "com.acme.rails"))
                .isZero();

        assertThat(cli.out()).contains("Made ticket-check, with the rail 'ticket check'.", "cd ticket-check");
        assertThat(folder.resolve("ticket-check/src/main/java/com/acme/rails/TicketCheckRail.java"))
                .content()
                .contains("package com.acme.rails;", "class TicketCheckRail", "\"ticket check\"", "\"ticket_check\"");
        assertThat(folder.resolve("ticket-check/src/main/resources/META-INF/services/dev.guardrails4j.api.Rail"))
                .hasContent("com.acme.rails.TicketCheckRail");
        try (Stream<Path> files = Files.walk(folder.resolve("ticket-check"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .hasSize(8)
                    .allSatisfy(file -> assertThat(file).content().doesNotContainPattern("@[a-z]+[A-Za-z]*@"));
        }
    }

    @Test
    void namesTheRepositoryThatCameWithTheDistribution() throws IOException {
        Path project = folder.resolve("project");
        RailProject.named("x", "com.example", Optional.of(URI.create("file:///opt/a%20b/c&d/maven/")))
                .writeTo(project);

        assertThat(project.resolve("pom.xml"))
                .content()
                .contains(
                        "<guardrails.repository>file:///opt/a%20b/c&amp;d/maven/</guardrails.repository>",
                        "<url>${guardrails.repository}</url>");
    }

    @ParameterizedTest
    @CsvSource({
        "ticket-check,   TicketCheckRail",
        "Ticket_Check,   TicketCheckRail",
        "ticket rail,    TicketRail",
        "rail,           RailRail",
        "pii2 check,     Pii2CheckRail"
    })
    void namesTheClassByTheWords(String name, String className) {
        assertThat(RailProject.named(name, "com.example", Optional.empty()).className())
                .isEqualTo(className);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../etc", "ticket  check", "9lives", "größe", "a$b", "-x-"})
    void refusesWhatIsNoName(String name) {
        Cli cli = new Cli(folder);

        assertThat(cli.run("new-rail", "--", name)).isEqualTo(2);
        assertThat(cli.err()).contains("a rail's name is words of letters and digits");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.class", "Com.acme", "com..acme", "com/acme", ""})
    void refusesWhatIsNoPackage(String packageName) {
        Cli cli = new Cli(folder);

        assertThat(cli.run("new-rail", "ticket", "--package", packageName)).isEqualTo(2);
        assertThat(cli.err()).contains("a package is lower-case words");
    }

    @Test
    void leavesAFolderAloneThatIsThere() {
        Cli cli = new Cli(folder).file("ticket-check/pom.xml", "mine");

        assertThat(cli.run("new-rail", "ticket-check")).isEqualTo(1);
        assertThat(cli.err()).contains("ticket-check is there already");
        assertThat(folder.resolve("ticket-check/pom.xml")).hasContent("mine");
    }
}
