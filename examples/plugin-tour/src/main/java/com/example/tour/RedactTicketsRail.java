package com.example.tour;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import java.util.Set;
import java.util.regex.Pattern;

/** Rewrites: numbers of tickets are for colleagues only. */
public final class RedactTicketsRail implements Rail {

    private static final Pattern TICKET = Pattern.compile("\\b[A-Z]{2,10}-\\d{1,7}\\b");

    @Override
    public String name() {
        return "redact tickets";
    }

    @Override
    public String description() {
        return "Takes the numbers of tickets out of the answer.";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.OUTPUT);
    }

    /** Without this, a rewrite counts as a fault. */
    @Override
    public boolean rewrites() {
        return true;
    }

    @Override
    public Disclosure sendsTextTo() {
        return Disclosure.toNobody();
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        return context -> {
            String redacted = TICKET.matcher(context.text()).replaceAll("<TICKET>");
            return redacted.equals(context.text()) ? Verdict.allow() : Verdict.rewrite(redacted);
        };
    }
}
