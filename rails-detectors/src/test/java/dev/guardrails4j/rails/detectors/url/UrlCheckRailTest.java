package dev.guardrails4j.rails.detectors.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.testkit.RailHarness;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlCheckRailTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user_info   | Log in at https://paypal.com@evil.example/login now.",
                "user_info   | https://paypal.com%2Flogin@evil.example",
                "homograph   | Visit https://\u0430pple.com for a gift.",
                "homograph   | Visit https://xn--pple-43d.com for a gift.",
                "homograph   | https://\u0440\u0430\u0443\u0440\u0430l.com",
                "homograph   | https://\u0441\u0441\u0441.com",
                "ip_address  | http://0x7f000001/admin",
                "ip_address  | http://2130706433/",
                "ip_address  | http://0177.0.0.1/",
                "scheme      | Click javascript:alert(1)",
                "scheme      | file:///etc/passwd is at file://host/etc/passwd",
                "denied      | See http://evil.example/x",
                "denied      | See HTTP://WWW.EVIL.EXAMPLE./x",
                "denied      | see www.evil.example",
                "denied      | http:\\\\evil.example\\x",
                "denied      | http://evil\u3002example/",
                "denied      | https://evil.example:8443/x",
                "denied      | [link](https://sub.evil.example)",
                "denied      | https://b\u00fccher.example",
                "denied      | https://xn--bcher-kva.example/x"
            })
    void blocksUrlsThatAreDeniedOrDeceive(String problem, String text) throws Exception {
        Verdict verdict = harness(Map.of("deny", List.of("evil.example", "b\u00fccher.example")))
                .check(Stage.OUTPUT, text);

        assertThat(verdict).isInstanceOf(Verdict.Block.class);
        assertThat(String.valueOf(verdict.evidence().get("urls"))).contains("problem=" + problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No link here: 10:30, a:b, key://",
                "See https://example.com/a?b=c#d and http://docs.example.org:8080.",
                "https://m\u00fcnchen.example and https://\u043f\u0440\u0438\u043c\u0435\u0440.example",
                "https://\u4f8b\u3048.example",
                "Write to ann@notevil.example, not at https://notevil.example.",
                "http://192.168.1.1/ and http://[::1]:8080/",
                "The time is 12:00 and the ratio 3:1; see also: nothing."
            })
    void letsOtherUrlsPass(String text) throws Exception {
        assertThat(harness(Map.of("deny", List.of("evil.example"))).check(Stage.INPUT, text))
                .isEqualTo(Verdict.allow());
    }

    @Test
    void allowsOnlyTheDomainsListedAndTheirSubdomains() throws Exception {
        RailHarness harness = harness(Map.of("allow", List.of("example.com", "*.example.org")));

        assertThat(harness.check(Stage.RETRIEVAL, "https://example.com https://a.b.example.com https://x.example.org"))
                .isEqualTo(Verdict.allow());
        assertThat(harness.check(Stage.RETRIEVAL, "https://example.com.evil.net"))
                .isInstanceOf(Verdict.Block.class);
        assertThat(harness.check(Stage.RETRIEVAL, "https://notexample.com")).isInstanceOf(Verdict.Block.class);
    }

    @Test
    void tellsHostsButNeitherPathsNorUserNames() throws Exception {
        Verdict verdict = harness(Map.of()).check(Stage.OUTPUT, "https://ann:s3cret@example.com/private?key=1");

        assertThat(verdict.evidence())
                .containsEntry("urls", List.of(Map.of("problem", "user_info", "host", "example.com")));
    }

    @Test
    void canAllowWhatItForbidsByDefault() throws Exception {
        Map<String, Object> lenient =
                Map.of("allow_user_info", true, "allow_homographs", true, "schemes", List.of("https", "git"));

        assertThat(harness(lenient).check(Stage.INPUT, "git://user@\u0430pple.com"))
                .isEqualTo(Verdict.allow());
        assertThat(harness(Map.of("allow_ip_addresses", false)).check(Stage.INPUT, "http://10.0.0.1/"))
                .isInstanceOf(Verdict.Block.class);
    }

    @Test
    void blocksMoreUrlsThanItLooksAt() throws Exception {
        assertThat(harness(Map.of()).check(Stage.INPUT, "https://example.com ".repeat(1_001)))
                .isInstanceOf(Verdict.Block.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com", "a b", "*", "", "user@example.com"})
    void refusesWhatIsNoDomain(String domain) {
        assertThatThrownBy(() -> harness(Map.of("deny", List.of(domain))).configure(Stage.INPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("is not a domain");
    }

    private static RailHarness harness(Map<String, ?> settings) {
        return RailHarness.of(new UrlCheckRail()).settings("url_check", settings);
    }
}
