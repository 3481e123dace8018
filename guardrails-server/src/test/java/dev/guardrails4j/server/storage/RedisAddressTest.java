package dev.guardrails4j.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisAddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis://one            | STANDALONE | false | redis at one:6379            | ''   | 0",
                "rediss://one:7/2       | STANDALONE | true  | redis at one:7               | ''   | 2",
                "redis-cluster://a:1,b  | CLUSTER    | false | redis at a:1, b:6379         | ''   | 0",
                "rediss-cluster://a     | CLUSTER    | true  | redis at a:6379              | ''   | 0",
                "redis-sentinel://a,b:3/main | SENTINEL | false | redis at a:26379, b:3   | main | 0"
            })
    void readsUrls(String url, String topology, boolean tls, String shown, String master, int database) {
        RedisAddress address = RedisAddress.parse(url);

        assertThat(address.topology()).hasToString(topology);
        assertThat(address.tls()).isEqualTo(tls);
        assertThat(address).hasToString(shown);
        assertThat(address.master()).isEqualTo(master);
        assertThat(address.database()).isEqualTo(database);
    }

    @Test
    void readsAUserAndAPasswordAndShowsNeither() {
        RedisAddress address = RedisAddress.parse("redis://ann:p%40ss+w@one:6379");

        assertThat(address.user()).isEqualTo("ann");
        assertThat(address.password()).isEqualTo("p@ss+w");
        assertThat(address.toString()).doesNotContain("ann", "p@ss");
    }

    @ParameterizedTest
    @CsvSource({
        "http://one, is not a URL of Redis",
        "localhost:6379, is not a URL of Redis",
        "redis-moon://secret, is not a URL of Redis",
        "redis:, is not a URL",
        "redis:///3, is not a URL of Redis",
        "redis://secret/three, not the number of a database",
        "redis-sentinel://secret:1, names no master",
        "'redis-cluster://secret,,b', names no host"
    })
    void refusesWhatIsNone(String url, String complaint) {
        assertThatThrownBy(() -> RedisAddress.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint)
                .hasMessageNotContaining("secret");
    }
}
