package dev.guardrails4j.benchmarks;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the mock upstream alone, until it is killed. */
@Command(
        name = "mock",
        description = "Runs the mock upstream alone: an OpenAI-compatible endpoint that always gives the same answer.")
final class MockCommand implements Callable<Integer> {

    static final String ANSWER =
            "I am sorry to hear that. A parcel that has not moved for three days is usually found again;"
                    + " if it has not arrived by Friday, we send a second one or refund you, as you like.";

    private static final int MAX_ANSWER_BYTES = 64 * 1024 * 1024;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--port", defaultValue = "9000", description = "Port on 127.0.0.1, 0 for any; ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--latency",
            paramLabel = "MS",
            defaultValue = "0",
            description = "Milliseconds from a request to its answer; ${DEFAULT-VALUE}.")
    private int latencyMillis;

    @Option(names = "--answer", paramLabel = "TEXT", description = "What the assistant says.")
    private String answer = ANSWER;

    @Option(
            names = "--answer-bytes",
            paramLabel = "N",
            defaultValue = "0",
            description = "Repeats the answer up to this length; ${DEFAULT-VALUE} leaves it as it is.")
    private int answerBytes;

    @Option(
            names = "--stream-gap",
            paramLabel = "MS",
            description =
                    "Answers everything by a stream without end instead, a word in so many milliseconds that says when"
                            + " it was said.")
    private Optional<Integer> streamGapMillis = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        if (streamGapMillis.isPresent()) {
            return stream(streamGapMillis.get());
        }
        if (port < 0 || port > 65_535 || latencyMillis < 0 || answer.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--port takes 0 to 65535, --latency no less than 0, --answer some text");
        }
        if (answerBytes < 0 || answerBytes > MAX_ANSWER_BYTES) {
            throw new ParameterException(spec.commandLine(), "--answer-bytes takes 0 to " + MAX_ANSWER_BYTES);
        }
        try (MockUpstream upstream = MockUpstream.start(port, Duration.ofMillis(latencyMillis), text())) {
            runUntilKilled(upstream.port());
        }
        return 0;
    }

    private int stream(int gapMillis) throws InterruptedException {
        if (gapMillis < 1) {
            throw new ParameterException(spec.commandLine(), "--stream-gap takes no less than 1");
        }
        try (StampedStreams streams = StampedStreams.start(port, Duration.ofMillis(gapMillis))) {
            runUntilKilled(streams.port());
        }
        return 0;
    }

    private void runUntilKilled(int boundPort) throws InterruptedException {
        spec.commandLine().getOut().println("mock upstream: http://127.0.0.1:" + boundPort + "/v1");
        spec.commandLine().getOut().flush();
        new CountDownLatch(1).await();
    }

    private String text() {
        if (answerBytes == 0) {
            return answer;
        }
        return answer.repeat(answerBytes / answer.length() + 1).substring(0, answerBytes);
    }
}
