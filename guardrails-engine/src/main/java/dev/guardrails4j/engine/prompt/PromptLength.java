package dev.guardrails4j.engine.prompt;

import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import java.util.List;
import java.util.regex.Pattern;

/** The length of a prompt as {@code max_length} counts it: characters of text, and a few for each image. */
final class PromptLength {

    private static final String IMAGE = "[IMAGE_CONTENT]";
    private static final String DATA_URL = "data:image/";
    private static final Pattern EMBEDDED_IMAGE =
            Pattern.compile("data:image/[A-Za-z0-9.+-]{1,40}+;base64,[A-Za-z0-9+/=]++");

    private PromptLength() {}

    /**
     * Counts the characters of all messages.
     *
     * @param enough the length up to which it need not be told apart
     */
    static long of(List<Message> messages, int enough) {
        long units = messages.stream()
                .flatMap(message -> message.content().stream())
                .mapToLong(part -> part.isText() ? part.text().length() : IMAGE.length())
                .sum();
        return units <= enough
                ? units
                : messages.stream()
                        .flatMap(message -> message.content().stream())
                        .mapToLong(PromptLength::of)
                        .sum();
    }

    private static long of(ContentPart part) {
        if (!part.isText()) {
            return IMAGE.length();
        }
        String text = part.text().contains(DATA_URL)
                ? EMBEDDED_IMAGE.matcher(part.text()).replaceAll(IMAGE)
                : part.text();
        return text.codePointCount(0, text.length());
    }
}
