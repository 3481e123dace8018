package dev.guardrails4j.server.http;

/** How far the server has come in stopping. Safe for use by many threads. */
final class Drain {

    private enum Phase {
        SERVING,
        NOT_READY,
        REFUSING,
        OVER
    }

    private volatile Phase phase = Phase.SERVING;

    /**
     * From now on nobody is to send requests here.
     *
     * @return whether it was not so before
     */
    synchronized boolean begin() {
        boolean isFirst = phase == Phase.SERVING;
        if (isFirst) {
            phase = Phase.NOT_READY;
        }
        return isFirst;
    }

    /** From now on nothing new is begun. */
    synchronized void refuse() {
        phase = Phase.REFUSING;
    }

    /** From now on nothing goes on. */
    synchronized void end() {
        phase = Phase.OVER;
    }

    boolean hasBegun() {
        return phase != Phase.SERVING;
    }

    boolean refuses() {
        return phase.compareTo(Phase.REFUSING) >= 0;
    }

    boolean isOver() {
        return phase == Phase.OVER;
    }
}
