package dev.guardrails4j.rails.detectors.url;

/**
 * A URL in a text.
 *
 * @param start its first character
 * @param end the character after its last
 * @param scheme in lower case, without the colon; empty if it begins with {@code www.} or {@code //}
 * @param userInfo what stands before an {@code @}; empty if nothing
 * @param host in lower case, as it is written; never empty
 */
record FoundUrl(int start, int end, String scheme, String userInfo, String host) {}
