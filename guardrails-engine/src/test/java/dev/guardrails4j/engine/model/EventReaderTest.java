package dev.guardrails4j.engine.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The standard's rules for server-sent events, section "event stream interpretation". */
class EventReaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void takesEveryEndOfLine(String end) throws IOException {
        assertThat(events("data: one\n\ndata: two\n\n".replace("\n", end))).containsExactly("one", "two");
    }

    @Test
    void takesEndsOfLinesThatAreMixed() throws IOException {
        assertThat(events("data: one\r\n\ndata: two\r\rdata: three\n\r\n")).containsExactly("one", "two", "three");
    }

    @Test
    void joinsLinesOfDataAndDropsOneSpaceOnly() throws IOException {
        assertThat(events("data: {\ndata:\"a\":\ndata:  1}\n\n")).containsExactly("{\n\"a\":\n 1}");
    }

    @Test
    void passesOverCommentsOtherFieldsAndEventsWithoutData() throws IOException {
        assertThat(events(": ping\n\nevent: delta\nid: 7\nretry: 10\ndatabase: x\ndat\n\ndata\n\ndata:\n\n"
                        + ":comment\ndata: one\n:comment\n\n"))
                .containsExactly("one");
    }

    @Test
    void passesOverAByteOrderMark() throws IOException {
        assertThat(events("\uFEFFdata: one\n\n\uFEFFdata: two\n\n")).containsExactly("one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: one\n\ndata: two", "data: one\n\ndata: two\n", "data: one\n\ndata: two\r\n"})
    void takesALastEventWithoutItsEnd(String text) throws IOException {
        EventReader reader = reader(text);

        assertThat(reader.next())
                .hasValueSatisfying(
                        event -> assertThat(new String(event, UTF_8)).isEqualTo("one"));
        assertThat(reader.hasEnded()).isFalse();
        assertThat(reader.next())
                .hasValueSatisfying(
                        event -> assertThat(new String(event, UTF_8)).isEqualTo("two"));
        assertThat(reader.hasEnded()).isTrue();
        assertThat(reader.next()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: one\n\n", "data: one\r\r", "data: one\r\n\r"})
    void readsNoByteBeyondTheEndOfAnEvent(String event) throws IOException {
        ByteArrayInputStream bytes = new ByteArrayInputStream(event.getBytes(UTF_8));
        EventReader reader = new EventReader(() -> {
            int next = bytes.read();
            assertThat(next).isNotNegative();
            return next;
        });

        assertThat(reader.next()).isPresent();
    }

    @Test
    void takesAnEventOfAMebibyteAndNoLonger() throws IOException {
        int room = EventReader.MAX_EVENT_BYTES - "data:".length();

        assertThat(reader("data:" + "x".repeat(room) + "\n\n").next())
                .hasValueSatisfying(event -> assertThat(event).hasSize(room));
        assertThatThrownBy(() -> reader("data:" + "x".repeat(room + 1) + "\n\n").next())
                .isInstanceOf(UnreadableAnswerException.class)
                .hasMessage("an event of it is longer than 1048576 bytes");
    }

    @Test
    void refusesAnEventOfManyLinesThatIsTooLong() {
        EventReader reader = reader(("data: " + "x".repeat(100_000) + "\n").repeat(11));

        assertThatThrownBy(reader::next).isInstanceOf(UnreadableAnswerException.class);
    }

    @Test
    void refusesACommentThatIsTooLong() {
        assertThatThrownBy(() -> reader(":" + "x".repeat(2_000_000)).next())
                .isInstanceOf(UnreadableAnswerException.class);
    }

    private static List<String> events(String text) throws IOException {
        EventReader reader = reader(text);
        List<String> events = new ArrayList<>();
        for (Optional<byte[]> event = reader.next(); event.isPresent(); event = reader.next()) {
            events.add(new String(event.get(), UTF_8));
        }
        return events;
    }

    private static EventReader reader(String text) {
        return new EventReader(new ByteArrayInputStream(text.getBytes(UTF_8))::read);
    }
}
