package dev.guardrails4j.engine;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.config.ConfigFolders;
import dev.guardrails4j.engine.config.Reach;
import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.engine.plugin.Plugin;
import dev.guardrails4j.engine.plugin.PluginFolder;
import dev.guardrails4j.engine.plugin.PluginLoader;
import dev.guardrails4j.engine.trace.ActivatedRail;
import dev.guardrails4j.testkit.JarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** An engine with one configuration, whose input rails come from jars that were dropped into a folder. */
final class PluggedEngine implements AutoCloseable {

    private final Injector injector;
    private final Catalogue catalogue;

    /**
     * @param folder holds {@code plugins/*.jar}
     * @param flows the entries of {@code rails.input.flows}
     */
    PluggedEngine(Path folder, RailLimits.Book limits, String... flows) throws IOException {
        Path config = Files.createDirectories(folder.resolve("configs/only"));
        Files.writeString(
                config.resolve("config.yml"),
                "rails:\n  input:\n    flows:\n" + String.join("\n", flows).indent(6));
        catalogue = new PluginLoader(
                        List.of(new PluginFolder(folder.resolve("plugins"), Plugin.Origin.DROPPED)),
                        folder.resolve("copies"))
                .load();
        injector = Guice.createInjector(
                new EngineModule(catalogue, name -> Optional.empty(), Reach.NOTHING, limits),
                binder -> binder.bind(ConfigFolders.class).toInstance(ConfigFolders.at(folder.resolve("configs"))));
    }

    /** Writes a jar with one rail, whose check has this body. */
    static void rail(Path folder, String name, String checkBody) throws IOException {
        String type = "com.acme." + Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Rail";
        String source = JarBuilder.railSource(type, name, "")
                .replace("context -> Verdict.allow()", "context -> {\n" + checkBody + "\n}");
        new JarBuilder()
                .source(type, source)
                .service(dev.guardrails4j.api.Rail.class, type)
                .writeTo(folder.resolve("plugins/" + name + ".jar"));
    }

    Catalogue catalogue() {
        return catalogue;
    }

    /** Checks a text, and gives what the only rail did. */
    ActivatedRail check(String text) {
        return result(text).log().activatedRails().get(0);
    }

    GenerationResult result(String text) {
        try (Guardrails guardrails = injector.getInstance(Configurations.class).open(List.of("only"))) {
            return guardrails.generate(
                    GenerationRequest.of(List.of(Message.user(text))).withoutDialog());
        }
    }

    @Override
    public void close() {
        injector.getInstance(Configurations.class).close();
        injector.getInstance(EngineResources.class).close();
    }
}
