package dev.guardrails4j.server.cli;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.engine.Guardrails;
import dev.guardrails4j.engine.RailUnavailableException;
import dev.guardrails4j.engine.trace.ActivatedRail;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A conversation in the terminal. */
final class Conversation {

    private static final String QUIT = "/quit";
    private static final String PROMPT = "you> ";

    private final Guardrails guardrails;
    private final PrintWriter out;
    private final List<Message> messages = new ArrayList<>();

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
        try {
            GenerationResult result = guardrails.generate(messages);
            messages.add(result.message());
            out.println("bot> " + result.text());
            result.log().activatedRails().forEach(rail -> out.println("     " + describe(rail)));
        } catch (ModelException | RailUnavailableException e) {
            messages.remove(messages.size() - 1);
            out.println("error> " + e.getMessage());
        }
        out.flush();
    }

    /** {@code "[input] self check input: blocked, 12 ms"}. */
    private static String describe(ActivatedRail rail) {
        return "[%s] %s: %s, %d ms"
                .formatted(
                        rail.type(),
                        rail.name(),
                        rail.outcome().name().toLowerCase(Locale.ROOT),
                        rail.duration().toMillis());
    }
}
