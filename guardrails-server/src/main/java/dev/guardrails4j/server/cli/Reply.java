package dev.guardrails4j.server.cli;

import dev.guardrails4j.engine.StreamEvent;
import java.io.PrintWriter;
import java.util.regex.Pattern;

/** One answer in the terminal, shown as it comes. */
final class Reply {

    private static final String BOT = "bot> ";

    /** What a terminal might obey. A line may be broken by a model, but not overwritten. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}&&[^\\n\\t]]");

    private final PrintWriter out;
    private boolean isOpen;

    Reply(PrintWriter out) {
        this.out = out;
    }

    void show(StreamEvent event) {
        if (event instanceof StreamEvent.Text more) {
            write(more.text());
        } else if (event instanceof StreamEvent.Refusal refusal) {
            write(refusal.text());
        } else if (event instanceof StreamEvent.ToolCalls calls) {
            calls.deltas().forEach(call -> {
                write(call.name().isEmpty() ? "" : "\n[calls " + call.name() + "] ");
                write(call.arguments());
            });
        } else if (event instanceof StreamEvent.Violation violation) {
            end();
            out.println("blocked> by " + printable(violation.block().flow()));
        }
    }

    /** Ends the line, if one was begun. */
    void end() {
        if (isOpen) {
            out.println();
            isOpen = false;
        }
    }

    private void write(String text) {
        if (!isOpen) {
            out.print(BOT);
            isOpen = true;
        }
        out.print(printable(text));
        out.flush();
    }

    /** The text without anything that a terminal would obey. */
    static String printable(String text) {
        return CONTROL.matcher(text.replace("\r", "")).replaceAll("\u00b7");
    }
}
