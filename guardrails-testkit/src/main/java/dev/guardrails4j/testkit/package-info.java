/**
 * What rails and configurations are tested with: {@link dev.guardrails4j.testkit.RailHarness} runs one rail without an
 * engine, {@link dev.guardrails4j.testkit.ScriptedUpstream} stands in for a model endpoint, over a real socket.
 */
@NullMarked
package dev.guardrails4j.testkit;

import org.jspecify.annotations.NullMarked;
