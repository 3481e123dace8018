package dev.guardrails4j.rails.detectors.url;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code url check}: blocks texts with URLs of hosts that the configuration does not allow, or that are made to be taken for
 * others.
 */
public final class UrlCheckRail implements Rail {

    private static final int MOST_TOLD = 20;

    @Override
    public String name() {
        return "url check";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.INPUT, Stage.OUTPUT, Stage.RETRIEVAL);
    }

    @Override
    public String description() {
        return "Blocks texts with URLs that are not allowed, or that are made to be taken for others.";
    }

    @Override
    public List<Setting> settings() {
        return List.of(Setting.section(
                "url_check",
                "Which URLs are let through.",
                Setting.strings("schemes", "Those that are allowed; http, https, ftp, ftps, ws, wss."),
                Setting.strings("allow", "The only domains that are allowed; all if there are none."),
                Setting.strings("deny", "Domains that are not allowed."),
                Setting.flag("allow_user_info", "Whether a user may be named before the host; false."),
                Setting.flag("allow_ip_addresses", "Whether a host may be an IP address; true."),
                Setting.flag("allow_homographs", "Whether a host may look like another in other letters; false.")));
    }

    @Override
    public Disclosure sendsTextTo() {
        return Disclosure.toNobody();
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        UrlRules rules = UrlRules.of(setup.settings("url_check"));
        return context -> check(context, rules);
    }

    private static Verdict check(RailContext context, UrlRules rules) {
        List<FoundUrl> urls = UrlFinder.in(context.text());
        if (urls.size() > UrlFinder.MOST) {
            return Verdict.block("has more than %,d URLs".formatted(UrlFinder.MOST));
        }
        Set<Map<String, Object>> complaints = new LinkedHashSet<>();
        for (FoundUrl url : urls) {
            rules.complaint(url).ifPresent(complaint -> {
                Map<String, Object> told = new LinkedHashMap<>();
                told.put("problem", complaint);
                // The host only: paths and user names may hold secrets.
                told.put("host", HostName.of(url.host()).map(HostName::ascii).orElse(""));
                complaints.add(told);
            });
        }
        if (complaints.isEmpty()) {
            return Verdict.allow();
        }
        List<Map<String, Object>> first =
                new ArrayList<>(complaints).subList(0, Math.min(MOST_TOLD, complaints.size()));
        return Verdict.block("has URLs that are not allowed").with("urls", List.copyOf(first));
    }
}
