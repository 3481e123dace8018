package dev.guardrails4j.server.configs.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.server.storage.EmbeddedDatabase;
import dev.guardrails4j.server.threads.ThreadKey;
import dev.guardrails4j.server.threads.ThreadLimits;
import dev.guardrails4j.server.threads.ThreadStore;
import dev.guardrails4j.server.threads.ThreadStores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedConfigsTest extends ConfigStoreContract {

    @TempDir
    private Path folder;

    private final List<EmbeddedDatabase> databases = new ArrayList<>();

    @Override
    ConfigStore open(ConfigLimits limits) {
        EmbeddedDatabase database = EmbeddedDatabase.open(folder.resolve(String.valueOf(databases.size())));
        databases.add(database);
        return ConfigStores.embedded(database, limits);
    }

    @AfterEach
    void closeDatabases() {
        databases.forEach(EmbeddedDatabase::close);
    }

    @Test
    void sharesOneFileWithTheThreadsAndFindsBothAgain() {
        Path data = folder.resolve("shared");
        ThreadKey key = new ThreadKey(ThreadKey.EVERYBODY, "thread-0123456789");
        StoredConfig config = config("default", "one", 0, "{}");
        try (EmbeddedDatabase database = EmbeddedDatabase.open(data)) {
            ConfigStores.embedded(database, ConfigLimits.DEFAULT).create(config);
            ThreadStores.embedded(database, ThreadLimits.DEFAULT).append(key, List.of(Message.user("Hello!")));
        }

        try (EmbeddedDatabase database = EmbeddedDatabase.open(data);
                ThreadStore threads = ThreadStores.embedded(database, ThreadLimits.DEFAULT);
                ConfigStore configs = ConfigStores.embedded(database, new ConfigLimits(1, 10_000))) {
            assertThat(configs.find(config.entry().reference())).contains(config);
            assertThat(threads.read(key)).isPresent();
            assertThatThrownBy(() -> configs.create(config("default", "two", 0, "{}")))
                    .isInstanceOf(ConfigRefusedException.class);
        }
    }

    @Test
    void saysThatTheDatabaseIsClosed() {
        EmbeddedDatabase database = EmbeddedDatabase.open(folder.resolve("closed"));
        ConfigStore configs = ConfigStores.embedded(database, ConfigLimits.DEFAULT);
        database.close();

        assertThatThrownBy(configs::entries).isInstanceOf(ConfigStoreException.class);
    }
}
