/** What a rail author compiles against. */
module dev.guardrails4j.api {
    requires static transitive org.jspecify;

    exports dev.guardrails4j.api;

    uses dev.guardrails4j.api.Rail;
    uses dev.guardrails4j.api.Action;
    uses dev.guardrails4j.api.ChatModelProvider;
}
