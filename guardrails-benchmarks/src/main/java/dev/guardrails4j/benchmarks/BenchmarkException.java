package dev.guardrails4j.benchmarks;

/**
 * A run that cannot give figures; its message says what is wrong and where to look, and is all that the user sees of
 * it.
 */
final class BenchmarkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BenchmarkException(String message) {
        super(message);
    }

    BenchmarkException(String message, Throwable cause) {
        super(message, cause);
    }
}
