package dev.guardrails4j.engine.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.ChatChunk;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.testkit.Fuzzer;
import dev.guardrails4j.testkit.SeededRandom;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Streams of events that were damaged by chance, read in pieces of any length. */
@DisplayName("Issue 7: no stream of events makes its reader fail, and where it is cut changes nothing")
class FuzzedEventsTest {

    private static final int MAX_LENGTH = 3_000;

    private static final String SOUND = ModelFixture.events(
                    "{'model':'m','choices':[{'index':0,'delta':{'role':'assistant','content':''}}]}",
                    "{'choices':[{'delta':{'reasoning_content':'hm'}}]}",
                    "{'choices':[{'delta':{'content':'<think>H\u00e9\u20ac\ud83d\ude00</think>Hi'}}]}",
                    "{'choices':[{'delta':{'content':[{'type':'text','text':'x'},{'type':'thinking','thinking':'y'}]}}]}",
                    "{'choices':[{'delta':{'tool_calls':[{'index':0,'id':'c','function':{'name':'f','arguments':'{\\'a\\''}}]}}]}",
                    "{'choices':[{'delta':{'tool_calls':[{'index':0,'function':{'arguments':':1}'}}]}}]}",
                    "{'choices':[{'delta':{'refusal':'No.'}}]}",
                    "{'choices':[{'delta':{},'finish_reason':'tool_calls'}]}",
                    "{'choices':[],'usage':{'prompt_tokens':2,'completion_tokens':3}}")
            .replace("data: {\"choices\":[]", ": \u00e9 comment\r\nevent: x\rid: 1\ndata: {\"choices\":[]");

    private static final List<String> TOKENS = List.of(
            "\n",
            "\r",
            "\r\n",
            "\n\n",
            "data:",
            "data: ",
            "data\n",
            ": ",
            "event: error\n",
            "retry: 1\n",
            "\uFEFF",
            "[DONE]",
            "data: [DONE]\n\n",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "\\",
            "\\ud83d",
            "\\ude00",
            "\\u0000",
            "null",
            "true",
            "-1",
            "0",
            "1e999",
            "99999999999999999999",
            "{\"error\":{\"message\":\"x\",\"code\":429}}",
            "\"error\":\"x\",",
            "\"index\":1,",
            "\"id\":\"d\",",
            "\"content\":null,",
            "\"content\":[1],",
            "\"delta\":[],",
            "<think>",
            "</think>",
            "\"finish_reason\":\"stop\",",
            "\"tool_calls\":[{}],",
            "\"usage\":{\"prompt_tokens\":-1},",
            "data: {}\n\n",
            "data: {\"choices\":[]}\n\n",
            "data: null\n\n",
            "data: []\n\n");

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

    FuzzedEventsTest() {
        timer.setRemoveOnCancelPolicy(true);
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private record Arriving(byte[] whole, int longest, SeededRandom random) {

        @Override
        public String toString() {
            return longest + ": " + new String(whole, UTF_8);
        }
    }

    @Test
    void everyStreamGivesTheSameWhereverItIsCut() {
        Fuzzer.check(1_500, FuzzedEventsTest::stream, arriving -> {
            List<Object> atOnce = read(new ByteArrayInputStream(arriving.whole()));
            List<Object> inPieces = read(new Pieces(arriving));

            assertThat(inPieces).isEqualTo(atOnce);
        });
    }

    private static Arriving stream(SeededRandom random) {
        byte[] text = random.damaged(SOUND, TOKENS).getBytes(UTF_8);
        return new Arriving(random.oneIn(3) ? random.damaged(text) : text, random.oneOf(List.of(1, 2, 7, 100)), random);
    }

    /** What a stream gives, up to its end or failure. */
    private List<Object> read(InputStream in) {
        List<Object> given = new ArrayList<>();
        Exchange exchange = new Exchange(timer, Duration.ofMinutes(5), TestDeadline.far());
        try (EventStream stream = new EventStream(
                new ArrivingBody(exchange, in, 1_000_000),
                new StreamedAnswer(new RefusalReader(Optional.of("k3y")), MAX_LENGTH))) {
            int length = 0;
            for (Optional<ChatChunk> next = stream.next(); next.isPresent(); next = stream.next()) {
                length += next.get().text().length() + next.get().reasoning().length();
                given.add(next.get().toString().replaceAll("call_[0-9a-f]{8}", "call_new"));
            }
            assertThat(length).isLessThanOrEqualTo(MAX_LENGTH);
        } catch (ModelException failure) {
            given.add(failure.getMessage());
        }
        assertThat(timer.getQueue()).isEmpty();
        return given;
    }

    /** Gives what has arrived in reads of any length. */
    private static final class Pieces extends InputStream {

        private final ByteArrayInputStream whole;
        private final Arriving arriving;

        Pieces(Arriving arriving) {
            this.whole = new ByteArrayInputStream(arriving.whole());
            this.arriving = arriving;
        }

        @Override
        public int read() {
            return whole.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return whole.read(buffer, offset, Math.min(length, arriving.random().between(1, arriving.longest())));
        }
    }
}
