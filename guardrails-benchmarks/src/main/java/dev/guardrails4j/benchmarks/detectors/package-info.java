/**
 * Owns what measures the detectors: how well they find, how fast they are; and what trains those that are trained.
 */
@NullMarked
package dev.guardrails4j.benchmarks.detectors;

import org.jspecify.annotations.NullMarked;
