package dev.guardrails4j.engine;

/**
 * Ends a request early, from another thread than the one that waits for its result: what is under way for it is aborted, and
 * it fails with {@link RequestCancelledException}. For one request. Safe for use by many threads.
 */
public final class Cancellation {

    private boolean isCancelled;
    private Runnable abort = () -> {};

    /** Ends the request, if it has not ended yet. */
    public void cancel() {
        Runnable aborted;
        synchronized (this) {
            isCancelled = true;
            aborted = abort;
        }
        aborted.run();
    }

    /**
     * Says what is to be done at the end, in place of what was said before; at once if it has been cancelled already.
     *
     * @param abort must return soon, and do no harm once the request has ended
     */
    public void onCancel(Runnable abort) {
        synchronized (this) {
            this.abort = abort;
            if (!isCancelled) {
                return;
            }
        }
        abort.run();
    }
}
