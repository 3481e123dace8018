package dev.guardrails4j.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.guardrails4j.api.ChatChunk.ToolCallDelta;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamedToolCallsTest {

    private final ModelFixture fixture = new ModelFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void bringsIdAndNameFirstAndThenTheArguments() {
        ReadAnswer answer = fixture.streamed(Response.streamToolCalls(
                new ToolCall("c1", "look_up", "{\"q\": \"x\"}"), new ToolCall("c2", "add", "{\"a\": 1}")));

        assertThat(answer.deltas())
                .containsExactly(
                        new ToolCallDelta(0, "c1", "look_up", ""),
                        new ToolCallDelta(0, "", "", "{\"q\": "),
                        new ToolCallDelta(0, "", "", "\"x\"}"),
                        new ToolCallDelta(1, "c2", "add", ""),
                        new ToolCallDelta(1, "", "", "{\"a\": "),
                        new ToolCallDelta(1, "", "", "1}"));
        assertThat(answer.finishReason()).isEqualTo("tool_calls");
    }

    @Test
    void keepsCallsApartThatAreWrittenAtTheSameTime() {
        ReadAnswer answer = parts(
                "{'index':0,'id':'a','function':{'name':'f','arguments':''}},{'index':1,'id':'b','function':{'name':'g'}}",
                "{'index':1,'function':{'arguments':'[1'}},{'index':0,'function':{'arguments':'[2'}}",
                "{'index':0,'function':{'arguments':']'}},{'index':1,'function':{'arguments':']'}}");

        assertThat(answer.toolCalls()).containsExactly(new ToolCall("a", "f", "[2]"), new ToolCall("b", "g", "[1]"));
    }

    @Test
    void countsFromZeroWhateverTheEndpointCountsFrom() {
        ReadAnswer answer = parts(
                "{'index':7,'id':'a','function':{'name':'f'}}",
                "{'index':-1,'id':'b','function':{'name':'g'}}",
                "{'index':7,'function':{'arguments':'[]'}}");

        assertThat(answer.toolCalls()).containsExactly(new ToolCall("a", "f", "[]"), new ToolCall("b", "g", "{}"));
        assertThat(answer.deltas()).extracting(ToolCallDelta::index).containsExactly(0, 1, 0, 1);
    }

    @Test
    void makesUpAnIdThatIsMissing() {
        ReadAnswer answer = parts(
                "{'index':0,'function':{'name':'f','arguments':'['}}",
                "{'index':0,'id':'','function':{'arguments':']'}}");

        assertThat(answer.toolCalls()).singleElement().satisfies(call -> {
            assertThat(call.id()).matches("call_[0-9a-f]{8}");
            assertThat(call.arguments()).isEqualTo("[]");
        });
    }

    @Test
    void tellsCallsWithoutIndexApartById() {
        ReadAnswer answer = parts(
                "{'id':'a','function':{'name':'f','arguments':'[1'}},{'id':'b','function':{'name':'g','arguments':'[2'}}",
                "{'id':'a','function':{'arguments':',3]'}}",
                "{'id':'b','function':{'arguments':',4]'}}");

        assertThat(answer.toolCalls())
                .containsExactly(new ToolCall("a", "f", "[1,3]"), new ToolCall("b", "g", "[2,4]"));
    }

    @Test
    void tellsCallsWithoutIndexAndIdApartByPosition() {
        ReadAnswer answer = parts(
                "{'function':{'name':'f','arguments':'[1'}},{'function':{'name':'g','arguments':'[2'}}",
                "{'function':{'arguments':',3]'}},{'function':{'arguments':',4'}}",
                "{'function':{'arguments':']'}}");

        assertThat(answer.toolCalls())
                .extracting(ToolCall::name, ToolCall::arguments)
                .containsExactly(tuple("f", "[1,3]"), tuple("g", "[2,4]"));
    }

    @Test
    void beginsACallWhenANewIdAndNameComeWithAnIndexThatIsInUse() {
        ReadAnswer answer = parts(
                "{'index':0,'id':'a','function':{'name':'f','arguments':'[1]'}}",
                "{'index':0,'id':'b','function':{'name':'g','arguments':'[2'}}",
                "{'index':0,'function':{'arguments':']'}}");

        assertThat(answer.toolCalls()).containsExactly(new ToolCall("a", "f", "[1]"), new ToolCall("b", "g", "[2]"));
    }

    @Test
    void staysWithACallWhoseIdAndNameAreRepeatedOrWhoseIdIsMadeUpAnew() {
        ReadAnswer answer = parts(
                "{'index':0,'id':'a','function':{'name':'f','arguments':'['}}",
                "{'index':0,'id':'a','function':{'name':'f','arguments':'1'}}",
                "{'index':0,'id':'other','function':{'name':'','arguments':']'}}");

        assertThat(answer.toolCalls()).containsExactly(new ToolCall("a", "f", "[1]"));
    }

    @Test
    void takesArgumentsThatAreAnObjectAndPutsCharactersTogether() {
        ReadAnswer answer = parts(
                "{'index':0,'id':'a','function':{'name':'f','arguments':{'q':[1]}}}",
                "{'index':1,'id':'b','function':{'name':'g','arguments':'\\ud83d'}}",
                "{'index':1,'function':{'arguments':'\\ude00'}}");

        assertThat(answer.toolCalls())
                .containsExactly(new ToolCall("a", "f", "{\"q\":[1]}"), new ToolCall("b", "g", "\ud83d\ude00"));
        assertThat(answer.deltas()).extracting(ToolCallDelta::arguments).doesNotContain("\ud83d");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "{}",
                "{'index':0,'id':'a'}",
                "{'index':0,'id':'a','function':{'arguments':'{}'}}",
                "{'index':0,'id':'a','function':'f'}",
                "{'index':0,'id':'a','function':{'name':'f'}},{'index':0,'function':{'name':'g'}}",
            })
    void refusesWhatIsNoCall(String part) {
        assertThatThrownBy(() -> parts(part)).hasMessageStartingWith("the model answered what is not an answer");
    }

    @Test
    void refusesMoreThanAThousandCalls() {
        String[] calls = new String[1_001];
        Arrays.setAll(calls, i -> "{'index':" + i + ",'function':{'name':'f'}}");

        assertThatThrownBy(() -> parts(calls)).hasMessageEndingWith("it calls more than 1000 tools");
    }

    private ReadAnswer parts(String... parts) {
        return fixture.streamed(Arrays.stream(parts)
                .map(part -> "{'choices':[{'index':0,'delta':{'tool_calls':[" + part + "]}}]}")
                .toArray(String[]::new));
    }
}
