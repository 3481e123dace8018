package dev.guardrails4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.config.ConfigFolders;
import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.config.InvalidConfigIdException;
import dev.guardrails4j.engine.config.Problem;
import dev.guardrails4j.engine.plugin.Catalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contract "chat server" 4 and 1.13. */
class ConfigurationsTest {

    private static final List<String> A = List.of("a");

    @TempDir
    private Path root;

    private final CountedModels models = new CountedModels();
    private Injector engine;
    private Configurations configurations;

    @BeforeEach
    void start() {
        write("a", "one");
        engine = Guice.createInjector(
                new EngineModule(
                        Catalogue.combine(List.of(Catalogue.withProviders(List.of(models)), Catalogue.ofClassPath())),
                        name -> Optional.empty()),
                binder -> binder.bind(ConfigFolders.class).toInstance(ConfigFolders.at(root)));
        configurations = engine.getInstance(Configurations.class);
    }

    @AfterEach
    void stop() {
        configurations.close();
        engine.getInstance(EngineResources.class).close();
    }

    @Test
    void servesTheNewVersionOnceItIsReloadedAndClosesTheOldOne() {
        assertThat(answer(A)).isEqualTo("one");
        write("a", "two");
        assertThat(answer(A)).isEqualTo("one");

        configurations.reload(Set.of("a"));

        assertThat(answer(A)).isEqualTo("two");
        assertThat(models.closed()).containsExactly("one");
    }

    @Test
    void closesTheOldVersionOnlyWhenItsLastRequestHasEnded() {
        Guardrails first = configurations.open(A);
        Guardrails second = configurations.open(A);
        write("a", "two");
        configurations.reload(Set.of("a"));

        first.close();
        first.close();
        assertThat(answer(second)).isEqualTo("one");
        assertThat(models.closed()).isEmpty();

        second.close();
        assertThat(models.closed()).containsExactly("one");
    }

    @Test
    void leavesWhatWasNotChangedAsItIs() {
        write("b", "other");
        answer(List.of("b"));
        write("a", "two");

        configurations.reload(Set.of("a"));

        assertThat(answer(List.of("b"))).isEqualTo("other");
        assertThat(models.closed()).doesNotContain("other");
    }

    @Test
    void reloadsEveryCombinationThatTheChangedOneIsPartOf() {
        Path prompts = root.resolve("b").resolve("config.yml");
        write(prompts, "instructions: [{type: general, content: be brief}]");
        List<String> combined = List.of("a", "b");
        assertThat(answer(combined)).isEqualTo("one");
        write("a", "two");

        configurations.reload(Set.of("a"));

        assertThat(answer(combined)).isEqualTo("two");
    }

    @Test
    void keepsTheLastGoodVersionWhenAnEditIsBrokenUntilItIsMended() {
        answer(A);
        write(root.resolve("a/config.yml"), "rails: {input: {flows: [chekc words]}}");

        configurations.reload(Set.of("a"));

        assertThat(answer(A)).isEqualTo("one");
        assertThat(configurations.outdated()).containsOnlyKeys(A);
        assertThat(configurations.outdated().get(A))
                .extracting(Problem::message)
                .containsExactly("unknown flow 'chekc words' in rails.input.flows; did you mean 'check words'?");

        write("a", "three");
        configurations.reload(Set.of("a"));

        assertThat(answer(A)).isEqualTo("three");
        assertThat(configurations.outdated()).isEmpty();
        assertThat(models.closed()).containsExactly("one");
    }

    @Test
    void keepsTheLastGoodVersionThroughSeveralBrokenEdits() {
        answer(A);
        for (String broken : List.of("models: 3", "nonsense: true", "rails: [")) {
            write(root.resolve("a/config.yml"), broken);
            configurations.reload(Set.of("a"));
        }

        assertThat(answer(A)).isEqualTo("one");
        assertThat(models.closed()).isEmpty();
    }

    @Test
    void servesAnAddedConfigurationAndForgetsARemovedOne() throws IOException {
        answer(A);
        try (Guardrails running = configurations.open(A)) {
            write("b", "new");
            Files.delete(root.resolve("a/config.yml"));
            Files.delete(root.resolve("a"));
            configurations.reload(Set.of("a", "b"));

            assertThat(answer(List.of("b"))).isEqualTo("new");
            assertThatExceptionOfType(InvalidConfigIdException.class).isThrownBy(() -> configurations.open(A));
            assertThat(answer(running)).isEqualTo("one");
        }
        assertThat(models.closed()).containsExactly("one");
    }

    @Test
    void saysWhatIsWrongWithAConfigurationThatNeverWasGood() {
        write(root.resolve("b/config.yml"), "nonsense: true");
        configurations.reload(Set.of("b"));

        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> configurations.open(List.of("b")))
                .withMessageContaining("config.yml:1: unknown key 'nonsense'");
        assertThat(configurations.outdated()).isEmpty();

        write("b", "mended");
        configurations.reload(Set.of("b"));

        assertThat(answer(List.of("b"))).isEqualTo("mended");
    }

    @Test
    void neverClosesWhatARequestRunsOnWhileItIsReloadedAgainAndAgain() throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Integer>> clients = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            clients.add(threads.submit(() -> {
                int answers = 0;
                while (!isOver.get()) {
                    assertThat(answer(A)).matches("one|v\\d+");
                    answers++;
                }
                return answers;
            }));
        }
        for (int version = 0; version < 100; version++) {
            write("a", "v" + version);
            configurations.reload(Set.of("a"));
        }
        isOver.set(true);
        for (Future<Integer> client : clients) {
            assertThat(client.get()).isPositive();
        }
        threads.shutdown();

        configurations.close();

        assertThat(models.closed()).hasSize(101).doesNotHaveDuplicates();
    }

    /** Contract 4.7: the reference builds twice, and keeps an instance for each model name. */
    @Test
    void compilesAConfigurationOnceHoweverManyAskForItAndForWhateverModel() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            GenerationRequest request = new GenerationRequest(
                    List.of(Message.user("Hello!")),
                    Optional.of("model-" + i),
                    Map.of(),
                    Map.of(),
                    GenerationOptions.ALL,
                    Optional.empty());
            answers.add(threads.submit(() -> {
                try (Guardrails guardrails = configurations.open(A)) {
                    return guardrails.generate(request).text();
                }
            }));
        }

        for (Future<String> answer : answers) {
            assertThat(answer.get()).isEqualTo("one");
        }
        threads.shutdown();
        assertThat(models.connected()).containsExactly("one");
    }

    @Test
    void closesWhatItHasAndOpensNothingMore() {
        answer(A);
        configurations.close();
        configurations.close();

        assertThat(models.closed()).containsExactly("one");
        assertThatThrownBy(() -> configurations.open(A)).isInstanceOf(IllegalStateException.class);
    }

    private String answer(List<String> ids) {
        try (Guardrails guardrails = configurations.open(ids)) {
            return answer(guardrails);
        }
    }

    private static String answer(Guardrails guardrails) {
        return guardrails.generate(List.of(Message.user("Hello!"))).text();
    }

    private void write(String id, String model) {
        write(
                root.resolve(id).resolve("config.yml"),
                "models: [{type: main, engine: counted, model: %s}]".formatted(model));
    }

    private static void write(Path file, String yaml) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
