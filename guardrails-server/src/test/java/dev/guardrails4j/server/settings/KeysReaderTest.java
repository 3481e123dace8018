package dev.guardrails4j.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.server.access.AccessKey;
import dev.guardrails4j.server.access.KeyHash;
import dev.guardrails4j.server.access.NamePattern;
import dev.guardrails4j.server.access.Permissions;
import dev.guardrails4j.server.access.RateLimit;
import dev.guardrails4j.server.access.Right;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysReaderTest {

    private static final String HASH = "a".repeat(64);

    @TempDir
    private Path folder;

    private AccessSettings read(String yaml) {
        try {
            Path file = Files.writeString(folder.resolve("server.yml"), yaml);
            return FileSettings.read(Optional.of(file), List.of(), name -> Optional.empty())
                    .access();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void readsEverythingOfAKey() {
        AccessSettings access = read("""
                access:
                  key_file: keys.yml
                  keys:
                    - name: support-app
                      sha256: [%s, %s]
                      workspaces: [default, team-*]
                      configs: [support]
                      may: [write_configs, run_actions]
                      requests_per_minute: 600
                      tokens_per_minute: 200000
                      expires: 2027-06-30
                """.formatted(HASH, "b".repeat(64)));

        assertThat(access.keyFile()).contains("keys.yml");
        assertThat(access.keys())
                .containsExactly(new AccessKey(
                        "support-app",
                        List.of(KeyHash.parse(HASH), KeyHash.parse("b".repeat(64))),
                        new Permissions(
                                List.of(new NamePattern("default"), new NamePattern("team-*")),
                                List.of(new NamePattern("support")),
                                Set.of(Right.WRITE_CONFIGS, Right.RUN_ACTIONS)),
                        new RateLimit(Optional.of(600), Optional.of(200_000)),
                        Optional.of(Instant.parse("2027-06-30T00:00:00Z"))));
    }

    @Test
    void letsAKeyUseAllConfigurationsAndDoNothingElseIfItsLinesSayNothing() {
        AccessKey key = read("access: {keys: [{name: app, sha256: %s}]}".formatted(HASH))
                .keys()
                .get(0);

        assertThat(key.permissions()).isEqualTo(Permissions.DEFAULT);
        assertThat(key.permissions().rights()).isEmpty();
        assertThat(key.limit()).isEqualTo(RateLimit.NONE);
        assertThat(key.expires()).isEmpty();
    }

    @Test
    void letsAKeyUseNoConfigurationIfItsListIsEmpty() {
        assertThat(read("access: {keys: [{name: app, sha256: %s, configs: []}]}".formatted(HASH))
                        .keys()
                        .get(0)
                        .permissions()
                        .configs())
                .isEmpty();
    }

    @Test
    void needsNoKeysWhereNothingIsSaid() {
        assertThat(read("{}").needsKeys()).isFalse();
        assertThat(read("access: {key_file: keys.yml}").needsKeys()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sha256: H | access.keys[0].name",
                "name: a b, sha256: H | must be a name of 1 to 64 letters",
                "name: app | access.keys[0].sha256: must be 1 to 5 hashes",
                "name: app, sha256: [] | access.keys[0].sha256: must be 1 to 5 hashes",
                "name: app, sha256: g4j_pasted | 64 hexadecimal digits in lower case",
                "name: app, sha256: [H, H] | is the hash of another key",
                "name: app, sha256: H, may: [write_config] | did you mean 'write_configs'?",
                "name: app, sha256: H, configs: [a/b] | without slashes",
                "name: app, sha256: H, requests_per_minute: 0 | must be from 1 to",
                "name: app, sha256: H, expires: tomorrow | must be a day, 2027-06-30",
                "name: app, sha256: H, config: [a] | unknown key 'config'",
                "name: app, sha256: H}, {name: app, sha256: I | is the name of another key",
            })
    void saysWhatIsWrongWithAKey(String entry, String problem) {
        String yaml =
                "access: {keys: [{%s}]}".formatted(entry.replace("H", HASH).replace("I", "b".repeat(64)));

        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("server.yml:1: ")
                .hasMessageContaining(problem)
                .hasMessageNotContaining("pasted");
    }

    @Test
    void refusesAListThatLetsNobodyIn() {
        assertThatThrownBy(() -> read("access: {keys: []}"))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("access.keys: has no key, so nobody could call");
    }
}
