package dev.guardrails4j.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.Settings;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {

    private static final AllowedHosts HOSTS =
            AllowedHosts.parse(List.of("api.openai.com", "models.example.com:8443", "*.internal", "[::1]:8000"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.openai.com/v1",
                "https://API.OpenAI.com:444/v1",
                "https://models.example.com:8443",
                "http://a.internal/x",
                "http://a.b.internal:81",
                "http://[::1]:8000/v1"
            })
    void allowsWhatIsListed(String address) {
        assertThat(HOSTS.problemOf(URI.create(address))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.openai.com.evil.example/v1",
                "https://evil.example/api.openai.com",
                "https://evilapi.openai.com",
                "https://models.example.com",
                "http://internal",
                "http://ainternal",
                "http://[::1]:8001",
                "http://169.254.169.254/latest/meta-data",
                "https://api.openai.com@evil.example/"
            })
    void refusesEverythingElse(String address) {
        assertThat(HOSTS.problemOf(URI.create(address)))
                .hasValueSatisfying(problem -> assertThat(problem).contains("models.allowed_hosts", "server.yml"));
    }

    @Test
    void allowsNothingIfTheListIsEmpty() {
        assertThat(AllowedHosts.parse(List.of()).problemOf(URI.create("https://api.openai.com")))
                .isPresent();
        assertThat(AllowedHosts.ANY.problemOf(URI.create("https://api.openai.com")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://example.com",
                "example.com/v1",
                "*",
                "a.*.b",
                "example.com:",
                "example.com:0",
                "example.com:65536",
                "a b"
            })
    void refusesWhatIsNoHost(String entry) {
        assertThatIllegalArgumentException().isThrownBy(() -> AllowedHosts.parse(List.of(entry)));
    }

    @Test
    void isAskedForTheAddressOfAModel() {
        LoadedConfig config = loaded(
                "models: [{type: main, engine: custom, model: m, parameters: {base_url: 'https://evil.example/v1'}}]");
        Settings parameters = new NodeSettings(config.config().models().get(0).parameters(), false, config.trust());

        assertThatThrownBy(() -> parameters.uri("base_url"))
                .hasMessageContaining("models.allowed_hosts")
                .hasMessageContaining("support:1");
        assertThatThrownBy(() -> parameters.uri("other_url", URI.create("https://default.example")))
                .hasMessageContaining("its default is on a host that models.allowed_hosts");
    }

    @Test
    void isAskedForTheAddressOfAnActionsServer() {
        assertThat(loaded("actions_server_url: https://evil.example").problems())
                .anySatisfy(problem -> assertThat(problem.toString())
                        .contains("support:1", "actions_server_url", "models.allowed_hosts"));
    }

    private static LoadedConfig loaded(String yaml) {
        return new ConfigLoader(name -> Optional.empty(), HOSTS).parse("support", yaml);
    }
}
