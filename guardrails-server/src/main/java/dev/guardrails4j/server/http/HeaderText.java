package dev.guardrails4j.server.http;

import java.nio.charset.StandardCharsets;

/** Makes any text fit for a header: what is not visible ASCII or a blank is percent-encoded. */
final class HeaderText {

    private HeaderText() {}

    static String of(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet >= ' ' && octet <= '~' && octet != '%') {
                safe.append((char) octet);
            } else {
                safe.append("%%%02X".formatted(octet));
            }
        }
        return safe.toString();
    }
}
