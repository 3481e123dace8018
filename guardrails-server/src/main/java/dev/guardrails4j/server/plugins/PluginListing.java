package dev.guardrails4j.server.plugins;

import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.Configurations;
import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.engine.plugin.CataloguedRail;
import dev.guardrails4j.engine.plugin.Plugin;
import dev.guardrails4j.engine.plugin.PluginDescription;
import dev.guardrails4j.engine.plugin.PluginProblem;
import dev.guardrails4j.engine.plugin.RailDescription;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /v1/plugins} and {@code GET /v1/rails} tell, DESIGN 3: what is loaded, and what could not be. Runs no code
 * of a plug-in, and does not tell where the server's files are. Safe for use by many threads.
 */
public final class PluginListing {

    /** What leads to a file, from the root on. */
    private static final Pattern FOLDERS = Pattern.compile("(?<![\\w.])/(?:[^\\s/'\"]+/)*");

    private final Configurations configurations;

    public PluginListing(Configurations configurations) {
        this.configurations = configurations;
    }

    /** Every plug-in that is used, and every problem with one. */
    public Plugins plugins() {
        Catalogue catalogue = configurations.plugins();
        return new Plugins(
                "list",
                catalogue.plugins().stream()
                        .map(plugin -> PluginEntry.of(plugin, catalogue))
                        .toList(),
                catalogue.problems().stream().map(ProblemEntry::of).toList());
    }

    /** Every rail that a configuration can name. */
    public Rails rails() {
        return new Rails(
                "list",
                configurations.plugins().rails().stream().map(RailEntry::of).toList());
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The plug-ins, as they are told. */
    public record Plugins(String object, List<PluginEntry> data, List<ProblemEntry> problems) {}

    /** The rails, as they are told. */
    public record Rails(String object, List<RailEntry> data) {}

    record PluginEntry(
            String id,
            String object,
            String origin,
            @Nullable String name,
            @Nullable String version,
            @Nullable String description,
            @Nullable String vendor,
            @Nullable String homepage,
            @Nullable String api,
            List<String> rails,
            List<String> actions,
            List<String> engines) {

        static PluginEntry of(Plugin plugin, Catalogue catalogue) {
            PluginDescription said = plugin.description();
            return new PluginEntry(
                    fileName(plugin.name()),
                    "plugin",
                    lower(plugin.origin()),
                    said.name().orElse(null),
                    said.version().orElse(null),
                    said.description().orElse(null),
                    said.vendor().orElse(null),
                    said.homepage().orElse(null),
                    said.api().orElse(null),
                    catalogue.railsOf(plugin),
                    catalogue.actionsOf(plugin),
                    catalogue.enginesOf(plugin));
        }
    }

    record ProblemEntry(String plugin, String message) {

        static ProblemEntry of(PluginProblem problem) {
            return new ProblemEntry(
                    fileName(problem.plugin()),
                    FOLDERS.matcher(problem.message()).replaceAll(""));
        }
    }

    record RailEntry(
            String id,
            String object,
            String plugin,
            List<String> stages,
            String description,
            boolean rewrites,
            Map<String, Object> parameters,
            Map<String, Object> settings,
            @Nullable List<String> sendsTextTo) {

        static RailEntry of(CataloguedRail rail) {
            RailDescription said = rail.description();
            return new RailEntry(
                    rail.name(),
                    "rail",
                    fileName(rail.plugin().name()),
                    said.stages().stream().map((Stage stage) -> lower(stage)).toList(),
                    said.description(),
                    said.rewrites(),
                    Setting.jsonSchema(said.parameters()),
                    Setting.jsonSchema(said.settings()),
                    said.sendsTextTo().isStated() ? said.sendsTextTo().recipients() : null);
        }
    }

    /** A folder of classes is called by its path. */
    private static String fileName(String name) {
        Path last = Path.of(name).getFileName();
        return last == null ? name : last.toString();
    }
}
