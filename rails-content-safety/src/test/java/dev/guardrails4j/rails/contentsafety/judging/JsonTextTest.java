package dev.guardrails4j.rails.contentsafety.judging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

    @Test
    void findsAMemberAsJson() {
        assertThat(JsonText.member("{\"query\": \"DROP\", \"limit\": [1]}", "query"))
                .contains("\"DROP\"");
        assertThat(JsonText.member("{\"query\": \"DROP\", \"limit\": [1]}", "limit"))
                .contains("[1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[1]", "{", "{\"a\": 1} x", "{\"query\": null}", "{\"Query\": 1}"})
    void hasNoMemberOfWhatHasNone(String json) {
        assertThat(JsonText.member(json, "query")).isEmpty();
    }

    @Test
    void refusesWhatIsNestedTooDeep() {
        assertThat(JsonText.read("[".repeat(101) + "]".repeat(101))).isEmpty();
    }
}
