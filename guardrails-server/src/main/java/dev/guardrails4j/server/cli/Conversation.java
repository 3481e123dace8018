package dev.guardrails4j.server.cli;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.engine.GenerationRequest;
import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.engine.GenerationStream;
import dev.guardrails4j.engine.Guardrails;
import dev.guardrails4j.engine.RailUnavailableException;
import dev.guardrails4j.engine.RequestTimeoutException;
import dev.guardrails4j.engine.StreamEvent;
import dev.guardrails4j.engine.StreamingNotEnabledException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A conversation in the terminal. An answer is shown while it is being written, unless the configuration has output rails
 * and does not let them look at a stream.
 */
final class Conversation {

    private static final String QUIT = "/quit";
    private static final String PROMPT = "you> ";

    private final Guardrails guardrails;
    private final PrintWriter out;
    private final List<Message> messages = new ArrayList<>();
    private boolean isStreamed = true;

    Conversation(Guardrails guardrails, PrintWriter out) {
        this.guardrails = guardrails;
        this.out = out;
    }

    /** Reads and answers a message a line until the user quits or the input ends. */
    void run(BufferedReader input, boolean isInteractive) throws IOException {
        while (true) {
            prompt(isInteractive);
            String line = input.readLine();
            if (line == null || line.strip().equals(QUIT)) {
                return;
            }
            if (line.isBlank()) {
                continue;
            }
            if (!isInteractive) {
                out.println(PROMPT + line);
            }
            answer(line);
        }
    }

    private void prompt(boolean isInteractive) {
        if (isInteractive) {
            out.print(PROMPT);
            out.flush();
        }
    }

    /** A turn that could not be answered is taken back, so that the user can say it again. */
    private void answer(String text) {
        messages.add(Message.user(text));
        Reply reply = new Reply(out);
        try {
            GenerationResult result = isStreamed ? streamed(reply) : whole(reply);
            messages.add(result.message());
            result.log().activatedRails().forEach(rail -> out.println(RailLine.of(rail)));
        } catch (StreamingNotEnabledException e) {
            // Nothing has run yet, and it will not be different next time.
            isStreamed = false;
            messages.remove(messages.size() - 1);
            answer(text);
        } catch (ModelException | RailUnavailableException | RequestTimeoutException e) {
            messages.remove(messages.size() - 1);
            reply.end();
            out.println("error> " + Reply.printable(String.valueOf(e.getMessage())));
        }
        out.flush();
    }

    private GenerationResult streamed(Reply reply) {
        try (GenerationStream stream = guardrails.stream(GenerationRequest.of(messages))) {
            for (Optional<StreamEvent> event = stream.next(); event.isPresent(); event = stream.next()) {
                reply.show(event.get());
            }
            reply.end();
            return stream.result();
        }
    }

    private GenerationResult whole(Reply reply) {
        GenerationResult result = guardrails.generate(messages);
        reply.show(new StreamEvent.Text(result.text()));
        reply.end();
        return result;
    }
}
