/**
 * Owns the detection of injections in what a model says: SQL, scripts, templates and code that would do harm where they are
 * shown or run.
 */
@NullMarked
package dev.guardrails4j.rails.detectors.injection;

import org.jspecify.annotations.NullMarked;
