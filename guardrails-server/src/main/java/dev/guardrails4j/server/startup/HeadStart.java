package dev.guardrails4j.server.startup;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.inject.Guice;

/** Makes ready what every command needs whatever it is told, while another processor still reads the command line. */
public final class HeadStart {

    private HeadStart() {}

    /** Begins with it, and returns at once. Whoever needs one of these things sooner makes it ready himself, or waits for it. */
    public static void begin() {
        Thread thread = new Thread(HeadStart::run, "head-start");
        thread.setDaemon(true);
        thread.start();
    }

    private static void run() {
        new ObjectMapper();
        Guice.createInjector();
    }
}
