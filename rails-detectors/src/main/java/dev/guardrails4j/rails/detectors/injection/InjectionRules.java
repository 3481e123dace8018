package dev.guardrails4j.rails.detectors.injection;

import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.rails.detectors.yara.YaraException;
import dev.guardrails4j.rails.detectors.yara.YaraRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the YARA rules that a configuration asks for: in the configuration, in a folder of its own, among the built-in. */
final class InjectionRules {

    /** The built-in ones. */
    static final List<String> BUILT_IN = List.of("sqli", "xss", "template", "code");

    private static final String INJECTIONS = "injections";
    private static final String INLINE = "yara_rules";
    private static final String FOLDER = "yara_path";
    private static final long LONGEST_FILE = 1 << 20;

    static final List<Setting> DESCRIPTION = List.of(
            Setting.strings(INJECTIONS, "The rules that are tried, built-in ones or those of yara_rules and yara_path.")
                    .defaultsTo(BUILT_IN),
            Setting.openSection(INLINE, "Rules of your own, by name, as YARA writes them."),
            Setting.string(FOLDER, "A folder with rules of your own in files named <name>.yara."));

    private final Settings settings;
    private final Settings inline;
    private final Optional<Path> folder;

    private InjectionRules(Settings settings, boolean mayReadFiles) {
        this.settings = settings;
        this.inline = settings.section(INLINE);
        this.folder = folder(settings, mayReadFiles);
    }

    /**
     * The rules of {@code injections}, each compiled.
     *
     * @param mayReadFiles whether the configuration is the operator's, and may name a folder
     * @return the built-in ones if the configuration does not say which; none if it lists none
     */
    static List<YaraRules> of(Settings settings, boolean mayReadFiles) {
        InjectionRules rules = new InjectionRules(settings, mayReadFiles);
        List<YaraRules> compiled = new ArrayList<>();
        for (String name : settings.strings(INJECTIONS, BUILT_IN)) {
            compiled.add(rules.compiled(name));
        }
        // Read so that none is taken for unknown: one that is not asked for is no mistake.
        rules.inline.keys().forEach(rules.inline::string);
        return compiled;
    }

    private static Optional<Path> folder(Settings settings, boolean mayReadFiles) {
        String path = settings.string(FOLDER, "");
        if (path.isEmpty()) {
            return Optional.empty();
        }
        if (!mayReadFiles) {
            throw settings.error(
                    FOLDER,
                    "names a folder of the server, which only the operator's configurations may; use " + INLINE);
        }
        try {
            Path folder = Path.of(path);
            if (!Files.isDirectory(folder)) {
                throw settings.error(
                        FOLDER, "there is no folder '%s'; it is where <name>.yara files are".formatted(path));
            }
            return Optional.of(folder);
        } catch (InvalidPathException e) {
            throw settings.error(FOLDER, "'%s' is not a path".formatted(path));
        }
    }

    private YaraRules compiled(String name) {
        Source source = inlineSource(name)
                .or(() -> fileSource(name))
                .or(() -> builtIn(name))
                .orElseThrow(() -> unknown(name));
        try {
            return YaraRules.compile(source.text());
        } catch (YaraException e) {
            throw source.section()
                    .error(source.key(), "the rules '%s' cannot be used: %s".formatted(name, e.getMessage()));
        }
    }

    /**
     * Rules as they are written.
     *
     * @param text they
     * @param section the section whose setting led to them
     * @param key that setting
     */
    private record Source(String text, Settings section, String key) {}

    private Optional<Source> inlineSource(String name) {
        return inline.keys().contains(name)
                ? Optional.of(new Source(inline.string(name), inline, name))
                : Optional.empty();
    }

    private Optional<Source> fileSource(String name) {
        if (folder.isEmpty() || !name.matches("[A-Za-z0-9_-]+")) {
            return Optional.empty();
        }
        Path file = folder.get().resolve(name + ".yara");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw settings.error(FOLDER, "%s is longer than %,d bytes".formatted(file, LONGEST_FILE));
            }
            return Optional.of(new Source(Files.readString(file), settings, FOLDER));
        } catch (IOException e) {
            throw settings.error(FOLDER, "%s cannot be read as UTF-8 text".formatted(file));
        }
    }

    private Optional<Source> builtIn(String name) {
        if (!BUILT_IN.contains(name)) {
            return Optional.empty();
        }
        try (InputStream in = InjectionRules.class.getResourceAsStream(name + ".yara")) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks the rules " + name);
            }
            return Optional.of(new Source(new String(in.readAllBytes(), StandardCharsets.UTF_8), settings, INJECTIONS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RailConfigurationException unknown(String name) {
        TreeSet<String> known = new TreeSet<>(BUILT_IN);
        known.addAll(inline.keys());
        return settings.error(
                INJECTIONS,
                "there are no rules '%s'; there are %s, and those of yara_rules and of <name>.yara in yara_path"
                        .formatted(name, String.join(", ", known)));
    }
}
