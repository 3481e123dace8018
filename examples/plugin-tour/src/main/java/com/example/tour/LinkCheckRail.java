package com.example.tour;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Asks a service over HTTP about every link, by a client of its own, {@link LinkService}. */
public final class LinkCheckRail implements Rail {

    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"]{1,2000}");
    private static final int MOST_LINKS = 20;

    @Override
    public String name() {
        return "link check";
    }

    @Override
    public String description() {
        return "Blocks answers with links that a service calls bad.";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.OUTPUT);
    }

    @Override
    public List<Setting> settings() {
        return List.of(Setting.section(
                "link_check",
                "The service.",
                Setting.string("url", "Asked with ?link=...; answers {\"bad\": true} or false.")
                        .required()));
    }

    @Override
    public Disclosure sendsTextTo() {
        return Disclosure.to("the service at link_check.url: the links alone");
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        Settings settings = setup.settings("link_check");
        // uri(), not string(): it refuses what is no address, and what a caller's configuration may not reach.
        URI address = settings.uri("url");
        LinkService service = new LinkService(address);
        return context -> {
            List<String> links = LINK.matcher(context.text())
                    .results()
                    .map(MatchResult::group)
                    .distinct()
                    .toList();
            if (links.size() > MOST_LINKS) {
                return Verdict.block("has more links than can be looked up");
            }
            for (String link : links) {
                if (service.isBad(link, context.deadline())) {
                    return Verdict.block("has a bad link").with("link", link);
                }
            }
            return Verdict.allow();
        };
    }
}
