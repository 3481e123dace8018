package dev.guardrails4j.server.access;

/**
 * Counts what callers ask for against their limits: buckets that hold a minute's worth and fill up evenly. Safe for use by many
 * threads; never throws.
 */
public interface RateLimiter extends AutoCloseable {

    /**
     * Asks to serve a request, which counts if it is granted. Tokens are not known before they are spent: there only has to
     * be one left.
     */
    Allowance take(AccessKey key);

    /** Counts tokens that were spent, also more than there are: the next request then waits until they have come back. */
    void spend(AccessKey key, long tokens);

    @Override
    void close();
}
