/**
 * Owns the check of URLs: which hosts may be named, and which URLs are made to be taken for others.
 */
@NullMarked
package dev.guardrails4j.rails.detectors.url;

import org.jspecify.annotations.NullMarked;
