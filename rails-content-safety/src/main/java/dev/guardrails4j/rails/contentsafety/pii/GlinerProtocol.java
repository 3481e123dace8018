package dev.guardrails4j.rails.contentsafety.pii;

import dev.guardrails4j.api.JudgementException;
import dev.guardrails4j.rails.contentsafety.judging.JsonText;
import dev.guardrails4j.rails.contentsafety.judging.ServerAnswer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a GLiNER server is asked, contract "config and rails" 4.7: as a NIM or as the reference's own server. */
enum GlinerProtocol {
    /** In the shape of chat completions; the answer is JSON within the text of the answer. */
    CHAT {
        @Override
        void put(Map<String, Object> question, GlinerSettings settings, String text) {
            question.put("model", settings.model());
            question.put("messages", List.of(Map.of("role", "user", "content", text)));
        }

        @Override
        ServerAnswer read(ServerAnswer answer) {
            List<?> choices = answer.list("choices");
            if (choices.isEmpty()) {
                throw answer.notUnderstood("choices", "a list with an answer");
            }
            String content =
                    ServerAnswer.of(SERVER, choices.get(0)).object("message").string("content");
            return JsonText.read(content)
                    .map(value -> ServerAnswer.of(SERVER, value))
                    .orElseThrow(() -> answer.notUnderstood("content", "a JSON object"));
        }
    },
    /** Plain JSON. */
    PLAIN {
        @Override
        void put(Map<String, Object> question, GlinerSettings settings, String text) {
            question.put("text", text);
        }

        @Override
        ServerAnswer read(ServerAnswer answer) {
            return answer;
        }
    };

    static final String SERVER = "gliner";

    /** The protocol of the server at an address. */
    static GlinerProtocol at(URI address) {
        return address.getPath().replaceFirst("/+$", "").endsWith("/v1/chat/completions") ? CHAT : PLAIN;
    }

    abstract void put(Map<String, Object> question, GlinerSettings settings, String text);

    abstract ServerAnswer read(ServerAnswer answer);

    Object question(GlinerSettings settings, String text) {
        Map<String, Object> question = new LinkedHashMap<>();
        put(question, settings, text);
        question.put("threshold", settings.threshold());
        question.put("chunk_length", settings.chunkLength());
        question.put("overlap", settings.overlap());
        question.put("flat_ner", settings.flat());
        if (!settings.labels().isEmpty()) {
            question.put("labels", settings.labels());
        }
        return question;
    }

    /**
     * What was found.
     *
     * @throws JudgementException if the answer is not one of this protocol, or not one about this text
     */
    List<PersonalData> found(Object answer, String text) {
        ServerAnswer findings = read(ServerAnswer.of(SERVER, answer));
        CodePoints points = new CodePoints(text);
        List<PersonalData> found = findings.list("entities").stream()
                .map(entity -> PersonalData.of(ServerAnswer.of(SERVER, entity), points))
                .toList();
        if (found.isEmpty()
                && findings.find("total_entities")
                        .filter(total -> !total.equals(0))
                        .isPresent()) {
            throw findings.notUnderstood("entities", "as long as total_entities says");
        }
        return found;
    }
}
