package dev.guardrails4j.rails.contentsafety.language;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The languages that refusals are said in, contract "config and rails" 4.3, with the reference's texts. */
public enum Language {
    EN("I'm sorry, I can't respond to that."),
    ES("Lo siento, no puedo responder a eso."),
    ZH("抱歉，我无法回应。"),
    DE("Es tut mir leid, darauf kann ich nicht antworten."),
    FR("Je suis désolé, je ne peux pas répondre à cela."),
    HI("मुझे खेद है, मैं इसका जवाब नहीं दे सकता।"),
    JA("申し訳ありませんが、それには回答できません。"),
    AR("عذراً، لا أستطيع الرد على ذلك."),
    TH("ขออภัย ฉันไม่สามารถตอบได้");

    private final String refusal;

    Language(String refusal) {
        this.refusal = refusal;
    }

    /** The ISO 639-1 code: {@code "de"}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How one says in this language that one cannot answer. */
    public String refusal() {
        return refusal;
    }

    public static Optional<Language> withCode(String code) {
        return Arrays.stream(values())
                .filter(language -> language.code().equals(code))
                .findFirst();
    }

    public static List<String> codes() {
        return Arrays.stream(values()).map(Language::code).toList();
    }
}
