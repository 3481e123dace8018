package dev.guardrails4j.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.watch.ChangeWatch;
import dev.guardrails4j.server.access.KeyRing.KeyFile;
import dev.guardrails4j.server.settings.KeysReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {

    @TempDir
    private Path folder;

    private final AccessKey fixed = new AccessKey(
            "fixed", List.of(KeyHash.of("fixed-key")), Permissions.DEFAULT, RateLimit.NONE, Optional.empty());

    private KeyRing ring(Path file) {
        return KeyRing.of(
                List.of(fixed),
                new KeyFile(file, () -> KeysReader.read(file, List.of(fixed), name -> Optional.empty())));
    }

    private Path file(String... keys) throws Exception {
        StringBuilder text = new StringBuilder("keys:\n");
        for (String key : keys) {
            text.append("  - {name: %s, sha256: %s}%n".formatted(key, KeyHash.of(key + "-key")));
        }
        Path written = Files.writeString(folder.resolve("new.yml"), text);
        return Files.move(written, folder.resolve("keys.yml"), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void findsTheKeyThatIsPresented() throws Exception {
        KeyRing ring = ring(file("one", "two"));

        assertThat(ring.find("two-key")).map(AccessKey::name).contains("two");
        assertThat(ring.find("fixed-key")).contains(fixed);
        assertThat(ring.find("two")).isEmpty();
        assertThat(ring.find(KeyHash.of("two-key").toString())).isEmpty();
        assertThat(ring.size()).isEqualTo(3);
    }

    @Test
    void takesUpEditsOfItsFile() throws Exception {
        KeyRing ring = ring(file("one"));
        try (ChangeWatch watch = new ChangeWatch(ring.watched())) {
            watch.start();
            file("two");

            await().until(() -> ring.find("two-key").isPresent());
            assertThat(ring.find("one-key")).isEmpty();
            assertThat(ring.find("fixed-key")).isPresent();
        }
    }

    @Test
    void staysAsItWasWhenAnEditIsBroken() throws Exception {
        Path file = file("one");
        KeyRing ring = ring(file);
        Files.writeString(file, "keys: [{name: two}]");
        ring.watched().get(0).onChange().accept(Set.of(file.toString()));
        assertThat(ring.find("one-key")).isPresent();

        file("three");
        ring.watched().get(0).onChange().accept(Set.of(file.toString()));
        assertThat(ring.find("three-key")).isPresent();
        assertThat(ring.find("one-key")).isEmpty();
    }

    @Test
    void refusesAFileThatRepeatsAKey() throws Exception {
        Path file = file("fixed", "one", "one");

        assertThatThrownBy(() -> ring(file))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("keys.yml:2: keys[0].name")
                .hasMessageContaining("keys.yml:2: keys[0].sha256: is the hash of another key")
                .hasMessageContaining("keys.yml:4: keys[2].name: is the name of another key");
    }
}
