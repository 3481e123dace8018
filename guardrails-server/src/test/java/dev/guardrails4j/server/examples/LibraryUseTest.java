package dev.guardrails4j.server.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.CheckResult;
import dev.guardrails4j.engine.CheckResult.Status;
import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.engine.Guardrails;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What docs/library.md shows. */
class LibraryUseTest {

    private static final Path QUICKSTART = Path.of("../examples/configs/quickstart");

    @Test
    void answersInThreeLines() {
        try (Guardrails guardrails = Guardrails.fromPath(QUICKSTART)) {
            assertThat(guardrails.generate(List.of(Message.user("Hello!"))).text())
                    .isEqualTo("This is the demo model, not a real one. You said: Hello!");
        }
    }

    @Test
    void saysWhatBlockedAndWhy() {
        try (Guardrails guardrails = Guardrails.fromPath(QUICKSTART)) {
            GenerationResult result =
                    guardrails.generate(List.of(Message.user("My card number is 4111 1111 1111 1111.")));

            assertThat(result.block())
                    .map(block -> block.flow() + ": " + block.reason())
                    .hasValue("regex check input: matches a configured pattern");
        }
    }

    @Test
    void checksAnAnswerThatIsThereAlready() {
        try (Guardrails guardrails = Guardrails.fromPath(QUICKSTART)) {
            CheckResult result = guardrails.check(List.of(
                    Message.user("How do I get in?"), Message.assistant("The key is sk-0123456789abcdefghij.")));

            assertThat(result.status()).isEqualTo(Status.BLOCKED);
            assertThat(result.block())
                    .hasValueSatisfying(block -> assertThat(block.flow()).isEqualTo("regex check output"));
        }
    }
}
