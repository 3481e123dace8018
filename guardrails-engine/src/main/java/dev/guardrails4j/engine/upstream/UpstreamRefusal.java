package dev.guardrails4j.engine.upstream;

/** The cause of what is not asked: names the upstream, which callers are not told. Costs no stack trace. */
final class UpstreamRefusal extends Exception {

    private static final long serialVersionUID = 1L;

    UpstreamRefusal(String message) {
        super(message, null, false, false);
    }
}
