package dev.guardrails4j.engine.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatStream;
import dev.guardrails4j.api.TokenUsage;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.testkit.RawUpstream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a stream brings does not depend on where the network cuts it. Each piece is a chunk of HTTP's chunked coding, which
 * no read goes beyond.
 */
@Timeout(120)
class StreamBoundariesTest {

    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n";

    private static final String BODY = ModelFixture.events(
                    "{'choices':[{'delta':{'reasoning_content':'hm'}}]}",
                    "{'choices':[{'delta':{'content':'H\u00e9\u20ac\ud83d\ude00'}}]}",
                    "{'choices':\ndata: [{'delta':{'tool_calls':[{'index':0,'id':'c','function':{'name':'f','arguments':'{}'}}]}}]}",
                    "{'choices':[{'delta':{},'finish_reason':'tool_calls'}]}",
                    "{'choices':[],'usage':{'prompt_tokens':2,'completion_tokens':3}}")
            .replace("data: {\"choices\":[]", ": \u00e9 comment\nevent: x\ndata: {\"choices\":[]");

    private final AtomicReference<byte[]> answer = new AtomicReference<>(new byte[0]);
    private final RawUpstream server = RawUpstream.start(call -> call.send(answer.get()));
    private final ModelFixture fixture = new ModelFixture();
    private final ChatModel model = fixture.connect(fixture.setup().with("base_url", server.baseUrl()));

    @AfterEach
    void close() {
        server.close();
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void areNowhere(String endOfLine) {
        byte[] body = BODY.replace("\n", endOfLine).getBytes(UTF_8);
        for (int cut = 0; cut <= body.length; cut++) {
            answer.set(cutAt(body, List.of(cut)));
            assertIsRead("cut at " + cut);
        }
    }

    @Test
    void areNowhereInAStreamOfSingleBytes() {
        byte[] body = BODY.getBytes(UTF_8);
        List<Integer> everywhere = new ArrayList<>();
        for (int cut = 1; cut < body.length; cut++) {
            everywhere.add(cut);
        }
        answer.set(cutAt(body, everywhere));

        assertIsRead("single bytes");
    }

    private void assertIsRead(String description) {
        try (ChatStream stream = model.stream(ModelFixture.HELLO, TestDeadline.far())) {
            ReadAnswer read = ReadAnswer.of(stream);

            assertThat(read.reasoning()).as(description).isEqualTo("hm");
            assertThat(read.text()).as(description).isEqualTo("H\u00e9\u20ac\ud83d\ude00");
            assertThat(read.toolCalls()).as(description).containsExactly(new ToolCall("c", "f", "{}"));
            assertThat(read.finishReason()).as(description).isEqualTo("tool_calls");
            assertThat(read.usage()).as(description).contains(new TokenUsage(2, 3));
        }
    }

    private static byte[] cutAt(byte[] body, List<Integer> cuts) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.writeBytes(HEAD.getBytes(UTF_8));
        int from = 0;
        for (int cut : cuts) {
            writeChunk(wire, body, from, cut);
            from = cut;
        }
        writeChunk(wire, body, from, body.length);
        wire.writeBytes("0\r\n\r\n".getBytes(UTF_8));
        return wire.toByteArray();
    }

    private static void writeChunk(ByteArrayOutputStream wire, byte[] body, int from, int to) {
        if (from < to) {
            wire.writeBytes((Integer.toHexString(to - from) + "\r\n").getBytes(UTF_8));
            wire.write(body, from, to - from);
            wire.writeBytes("\r\n".getBytes(UTF_8));
        }
    }
}
