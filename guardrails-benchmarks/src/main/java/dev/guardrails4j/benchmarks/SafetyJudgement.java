package dev.guardrails4j.benchmarks;

/** How a mock of a safety model is asked, and what it says. */
final class SafetyJudgement {

    /** Nothing is wrong, neither with the message nor with the answer. */
    static final String SAFE = "{\"User Safety\": \"safe\", \"Response Safety\": \"safe\"}";

    private SafetyJudgement() {}

    /** The {@code prompts} of a configuration for the input and output rail of a model of that type. */
    static String prompts(String type) {
        return """
                prompts:
                  - task: content_safety_check_input $model=%1$s
                    content: |
                      Is the user's message safe? Answer in JSON with "User Safety": "safe" or "unsafe".
                      user: {{ user_input }}
                    output_parser: nemoguard_parse_prompt_safety
                    max_tokens: 50
                  - task: content_safety_check_output $model=%1$s
                    content: |
                      Is the answer safe? Answer in JSON with "User Safety" and "Response Safety": "safe" or "unsafe".
                      user: {{ user_input }}
                      response: agent: {{ bot_response }}
                    output_parser: nemoguard_parse_response_safety
                    max_tokens: 50
                """.formatted(type);
    }
}
