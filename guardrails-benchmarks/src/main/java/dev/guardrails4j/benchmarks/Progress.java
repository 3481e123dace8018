package dev.guardrails4j.benchmarks;

import java.io.PrintWriter;

/** Says what a scenario is doing, to whoever waits for it. */
record Progress(PrintWriter out) {

    void say(String what) {
        out.println("  " + what);
        out.flush();
    }
}
