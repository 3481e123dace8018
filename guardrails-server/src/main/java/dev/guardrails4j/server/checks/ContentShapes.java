package dev.guardrails4j.server.checks;

import dev.guardrails4j.server.wire.Field;
import dev.guardrails4j.server.wire.Union;
import dev.guardrails4j.server.wire.Union.Alternative;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the content of a message may be: text, or parts of text and images (contract "checks" 3.2). */
final class ContentShapes {

    private static final int MOST_PARTS = 1_000;
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]{0,30}):.*", Pattern.DOTALL);

    private static final Pattern WEB = Pattern.compile("https?://[^/?#\\s]", Pattern.CASE_INSENSITIVE);

    private static final Alternative TEXT = new Alternative("str", Field::string);
    private static final Alternative TEXT_PART =
            new Alternative("ChatCompletionContentPartTextParam", ContentShapes::textPart);
    private static final Alternative IMAGE_PART =
            new Alternative("ChatCompletionContentPartImageParam", ContentShapes::imagePart);
    private static final Union PART = Union.of(TEXT_PART, IMAGE_PART);
    private static final Union OF_USER = Union.of(
            TEXT,
            new Alternative(
                    "list[union[ChatCompletionContentPartTextParam,ChatCompletionContentPartImageParam]]",
                    content -> parts(content, PART)));
    private static final Union OF_ASSISTANT = Union.of(
            TEXT,
            new Alternative(
                    "list[ChatCompletionContentPartTextParam]", content -> parts(content, Union.of(TEXT_PART))));

    private ContentShapes() {}

    /** Records what is wrong with what a user says; it must be there. */
    static void ofUser(Field content) {
        if (content.isMissing()) {
            content.reject(Field.REQUIRED);
        } else if (!content.node().isTextual()) {
            OF_USER.check(content);
        }
    }

    /** Records what is wrong with what the assistant said, if anything. */
    static void ofAssistant(Field content) {
        if (content.isGiven() && !content.node().isTextual()) {
            OF_ASSISTANT.check(content);
        }
    }

    private static void parts(Field content, Union part) {
        if (content.isList()) {
            if (content.node().size() > MOST_PARTS) {
                content.reject("List should have at most " + MOST_PARTS + " items");
            } else {
                content.items().forEach(part::check);
            }
        }
    }

    private static void textPart(Field part) {
        if (part.isModel()) {
            part.at("text").string();
            part.at("type").oneOf("text");
            part.forbidOthers(Set.of("text", "type"));
        }
    }

    private static void imagePart(Field part) {
        if (part.isModel()) {
            image(part.at("image_url"));
            part.at("type").oneOf("image_url");
            part.forbidOthers(Set.of("image_url", "type"));
        }
    }

    private static void image(Field image) {
        if (image.isModel()) {
            image.at("url").string().ifPresent(url -> {
                if (!url.regionMatches(true, 0, "data:", 0, 5)
                        && !WEB.matcher(url).lookingAt()) {
                    image.at("url").rejectRule(wrong(url));
                }
            });
            if (image.at("detail").isGiven()) {
                image.at("detail").oneOf("auto", "low", "high");
            }
            image.forbidOthers(Set.of("url", "detail"));
        }
    }

    private static String wrong(String url) {
        Matcher scheme = SCHEME.matcher(url);
        String what =
                scheme.matches() && !scheme.group(1).toLowerCase(Locale.ROOT).startsWith("http")
                        ? "Image URL scheme '" + scheme.group(1) + "' is not supported."
                        : "Image URL is not one that can be loaded.";
        return what + " The URL must be a HTTP, HTTPS, or base64 data URI (data:image/...).";
    }
}
