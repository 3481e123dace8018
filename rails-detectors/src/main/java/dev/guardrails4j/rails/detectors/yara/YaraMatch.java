package dev.guardrails4j.rails.detectors.yara;

import java.util.List;

/**
 * A rule that matches a text.
 *
 * @param rule its name
 * @param regions where its strings were found, as offsets of bytes in the text's UTF-8; may overlap
 */
public record YaraMatch(String rule, List<Region> regions) {

    public YaraMatch {
        regions = List.copyOf(regions);
    }

    /**
     * A part of the text.
     *
     * @param start its first byte, counted from 0
     * @param end the byte after its last
     */
    public record Region(int start, int end) {}
}
