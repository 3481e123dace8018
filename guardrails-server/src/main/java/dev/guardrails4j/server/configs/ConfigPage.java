package dev.guardrails4j.server.configs;

import dev.guardrails4j.server.configs.store.StoredConfig;
import java.util.List;

/**
 * Some of the configurations that were asked for.
 *
 * @param configs those of the page
 * @param page its number, from 1
 * @param pageSize how many a page may have
 * @param totalResults how many there are on all pages
 * @param sort by what they are sorted, as it was asked for
 */
public record ConfigPage(List<StoredConfig> configs, int page, int pageSize, int totalResults, String sort) {

    /** How many pages there are. */
    public int totalPages() {
        return (totalResults + pageSize - 1) / pageSize;
    }
}
