package dev.guardrails4j.engine.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at things again and again, and tells of a change once two looks in a row have seen the same: what is still being
 * written is left alone. Looking sees what a file system does not notify of: network file systems, mounted config maps,
 * links that lead elsewhere. A look is a few system calls a file; looks take a tenth of the time at most.
 */
public final class ChangeWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeWatch.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration PAUSE_IN_UNREST = Duration.ofMillis(250);
    private static final int REST_PER_WORK = 9;

    private final List<Subject> subjects = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "guardrails-watch");

    /** What differs from what is known of things is a change. */
    public ChangeWatch(List<Watched> watched) {
        watched.forEach(things -> subjects.add(new Subject(things)));
        thread.setDaemon(true);
    }

    /** Begins to look, if there is anything to look at, on a thread of its own, which is also the one that is told. */
    public void start() {
        if (!subjects.isEmpty()) {
            thread.start();
        }
    }

    /** Ends it, and waits until a change that is being told has been. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                Duration work = Duration.ZERO;
                boolean isUnrest = false;
                for (Subject subject : subjects) {
                    work = work.plus(subject.look());
                    isUnrest |= subject.changes.isUnrest();
                }
                Duration pause = isUnrest ? PAUSE_IN_UNREST : PAUSE;
                Thread.sleep(Math.max(pause.toMillis(), work.toMillis() * REST_PER_WORK));
            }
        } catch (InterruptedException closed) {
            LOG.debug("No longer watching for changes");
        }
    }

    /** Things, and what is known of them. */
    private static final class Subject {

        private final Watched watched;
        private final Changes changes;
        private boolean isBlind;

        Subject(Watched watched) {
            this.watched = watched;
            this.changes = new Changes(watched.known());
        }

        /** Looks, and tells what has changed; gives how long looking took. */
        Duration look() {
            long start = System.nanoTime();
            Set<String> settled = Set.of();
            try {
                Map<String, Object> seen = watched.look().get();
                if (isBlind) {
                    LOG.info("The {} can be looked at again", watched.name());
                    isBlind = false;
                }
                settled = changes.settled(seen);
            } catch (RuntimeException e) {
                if (!isBlind) {
                    LOG.warn(
                            "The {} cannot be looked at for changes; they stay as they are: {}",
                            watched.name(),
                            e.toString());
                    isBlind = true;
                }
            }
            Duration work = Duration.ofNanos(System.nanoTime() - start);
            if (!settled.isEmpty()) {
                tell(settled);
            }
            return work;
        }

        private void tell(Set<String> settled) {
            try {
                watched.onChange().accept(settled);
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                LOG.error("A change of the {} could not be taken up: {}", watched.name(), settled, e);
            }
        }
    }
}
