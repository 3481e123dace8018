package dev.guardrails4j.engine.plugin;

import java.util.List;

/**
 * The catalogue there is now. Another may take its place while the engine runs: whoever uses one holds it until it is
 * closed, and the class loaders of plug-ins that no catalogue in use has are closed then. Safe for use by many threads.
 */
public final class LiveCatalogue {

    private final Catalogue builtIn;
    private volatile Catalogue current;

    /**
     * @param builtIn what is there whatever plug-ins there are
     * @param plugins what there is to begin with
     */
    public LiveCatalogue(Catalogue builtIn, Catalogue plugins) {
        this.builtIn = builtIn;
        this.current = Catalogue.combine(List.of(builtIn, plugins));
        this.current.hold();
    }

    /** The catalogue now, to look at. */
    public Catalogue current() {
        return current;
    }

    /** The catalogue now, to use what is in it until that is closed. */
    public Use use() {
        Catalogue used = current;
        while (!used.users().enter()) {
            // Another has taken its place between the two steps.
            used = current;
        }
        return new Use(used);
    }

    /** Puts other plug-ins in the place of those there are; false if they are the same. */
    public synchronized boolean replace(Catalogue plugins) {
        Catalogue before = current;
        Catalogue next = Catalogue.combine(List.of(builtIn, plugins));
        if (next.plugins().equals(before.plugins()) && next.problems().equals(before.problems())) {
            return false;
        }
        next.hold();
        current = next;
        before.users().leave();
        return true;
    }

    /**
     * A catalogue in use.
     *
     * @param catalogue does not change
     */
    public record Use(Catalogue catalogue) implements AutoCloseable {

        /** To be called once. */
        @Override
        public void close() {
            catalogue.users().leave();
        }
    }
}
