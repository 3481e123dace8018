package dev.guardrails4j.server.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.engine.Guardrails;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.SequenceInputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchCheckTest {

    private static final int LINE = 10_000;

    @TempDir
    private Path folder;

    private ScriptedUpstream judge;
    private Guardrails guardrails;

    @BeforeEach
    void open() throws IOException {
        judge = ScriptedUpstream.start().respond(request -> Response.answer("No"));
        Files.writeString(folder.resolve("config.yml"), """
                models: [{type: main, engine: vllm, model: m, parameters: {base_url: '%s', max_attempts: 1}}]
                rails: {input: {flows: [self check input]}}
                prompts: [{task: self_check_input, content: '{{ user_input }}'}]
                """.formatted(judge.baseUrl()));
        guardrails = Guardrails.fromPath(folder);
    }

    @AfterEach
    void close() {
        guardrails.close();
        judge.close();
    }

    @Test
    void answersWhileMoreIsToCome() throws Exception {
        PipedOutputStream typist = new PipedOutputStream();
        StringWriter answers = new StringWriter();
        CompletableFuture<BatchCount> running;
        try (typist) {
            PipedInputStream in = new PipedInputStream(typist);
            running = CompletableFuture.supplyAsync(() -> run(in, new PrintWriter(answers), 2));
            typist.write("Hello!\n".getBytes(StandardCharsets.UTF_8));
            typist.flush();

            await().untilAsserted(
                            () -> assertThat(answers.toString()).isEqualTo("{\"line\":1,\"status\":\"passed\"}\n"));
        }

        assertThat(running.join()).isEqualTo(new BatchCount(1, 0, 0, 0));
    }

    @Test
    void readsNoFartherAheadThanItHasTo() {
        CountDownLatch judged = new CountDownLatch(1);
        judge.respond(request -> Response.answer("No").heldUntil(judged));
        AtomicLong read = new AtomicLong();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return read.incrementAndGet() % LINE == 0 || read.get() > 100L * LINE ? '\n' : 'x';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                if (read.get() > 100L * LINE) {
                    return -1;
                }
                for (int i = offset; i < offset + length; i++) {
                    bytes[i] = (byte) read();
                }
                return length;
            }
        };
        CompletableFuture<BatchCount> running =
                CompletableFuture.supplyAsync(() -> run(endless, new PrintWriter(Writer.nullWriter()), 1));

        await().until(() -> !judge.received().isEmpty() && read.get() > 4L * LINE);
        assertThat(read.get()).isLessThan(40L * LINE);

        judged.countDown();
        assertThat(running.join().passed()).isEqualTo(100);
    }

    @Test
    void answersWhatItHasReadBeforeTheInputBroke() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }
        };
        StringWriter answers = new StringWriter();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new BatchCheck(guardrails, new CheckLineReader("text", Speaker.USER), 2)
                        .run(
                                new SequenceInputStream(
                                        new ByteArrayInputStream("Hello!\n".getBytes(StandardCharsets.UTF_8)), broken),
                                new PrintWriter(answers),
                                count -> {}))
                .withMessage("the disk is gone");
        assertThat(answers.toString()).isEqualTo("{\"line\":1,\"status\":\"passed\"}\n");
    }

    @Test
    void endsIfNobodyReadsTheAnswers() {
        Writer gone = new Writer() {
            @Override
            public void write(char[] characters, int offset, int length) throws IOException {
                throw new IOException("Broken pipe");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new BatchCheck(guardrails, new CheckLineReader("text", Speaker.USER), 2)
                        .run(
                                new ByteArrayInputStream("Hello!\n".getBytes(StandardCharsets.UTF_8)),
                                new PrintWriter(gone),
                                count -> {}))
                .withMessageContaining("whoever reads them has gone");
    }

    @Test
    void tellsWhichLinesAreNotUtf8OrTooLong() {
        StringWriter answers = new StringWriter();
        InputStream in = new SequenceInputStream(
                new ByteArrayInputStream(new byte[] {(byte) 0xFF, '\n'}),
                new ByteArrayInputStream(("x".repeat((4 << 20) + 1) + "\n").getBytes(StandardCharsets.UTF_8)));

        assertThat(run(in, new PrintWriter(answers), 2).errors()).isEqualTo(2);
        assertThat(answers.toString())
                .contains("{\"line\":1,\"status\":\"error\",\"error\":\"line 1 is not UTF-8\"}")
                .contains("{\"line\":2,\"status\":\"error\",\"error\":\"line 2 is longer than 4,194,304 bytes\"}");
    }

    @Test
    void readsPastAByteOrderMarkAndTheLineEndsOfWindows() {
        StringWriter answers = new StringWriter();

        run(
                new ByteArrayInputStream(
                        "\uFEFF{\"text\": \"a\"}\r\n{\"text\": \"b\"}\r\n".getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(answers),
                1);

        assertThat(answers.toString()).doesNotContain("error");
        assertThat(judge.received()).hasSize(2);
    }

    private BatchCount run(InputStream in, PrintWriter out, int parallel) {
        try {
            return new BatchCheck(guardrails, new CheckLineReader("text", Speaker.USER), parallel)
                    .run(in, out, count -> {});
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
