package dev.guardrails4j.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.Action;
import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatModelProvider;
import dev.guardrails4j.api.ModelSetup;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.engine.plugin.Plugin.Origin;
import dev.guardrails4j.testkit.JarBuilder;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names are given away once, in the order of the plug-ins (DESIGN section 3). */
class CatalogueTest {

    @TempDir
    private Path home;

    @Test
    void theFirstJarByFileNameKeepsARailsName() throws IOException {
        Path second = new JarBuilder().rail("com.b.CatRail", "cats").writeTo(home.resolve("plugins/b.jar"));
        Path first = new JarBuilder().rail("com.a.CatRail", "cats").writeTo(home.resolve("plugins/a.jar"));

        Catalogue catalogue = load(new PluginFolder(home.resolve("plugins"), Origin.DROPPED));

        assertThat(catalogue.rail("cats").orElseThrow().plugin().name()).isEqualTo("a.jar");
        assertThat(catalogue.rails()).hasSize(1);
        assertThat(catalogue.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.plugin()).isEqualTo("b.jar");
            assertThat(problem.message())
                    .contains("rail 'cats'", second.toString(), first.toString(), "remove one of the two");
        });
    }

    @Test
    void bundledPluginsKeepTheirNamesFromDroppedOnes() throws IOException {
        new JarBuilder().rail("com.a.CatRail", "cats").writeTo(home.resolve("plugins/a.jar"));
        new JarBuilder().rail("com.z.CatRail", "cats").writeTo(home.resolve("rails/z.jar"));

        Catalogue catalogue = load(
                new PluginFolder(home.resolve("plugins"), Origin.DROPPED),
                new PluginFolder(home.resolve("rails"), Origin.BUNDLED));

        assertThat(catalogue.rail("cats").orElseThrow().plugin().origin()).isEqualTo(Origin.BUNDLED);
        assertThat(catalogue.problems()).extracting(PluginProblem::plugin).containsExactly("a.jar");
    }

    @Test
    void bundledPluginsAreLoadedWhereTheyLie() throws IOException {
        new JarBuilder().rail("com.z.CatRail", "cats").writeTo(home.resolve("rails/z.jar"));

        Catalogue catalogue = load(new PluginFolder(home.resolve("rails"), Origin.BUNDLED));

        assertThat(catalogue
                        .rail("cats")
                        .orElseThrow()
                        .rail()
                        .getClass()
                        .getProtectionDomain()
                        .getCodeSource())
                .asString()
                .contains(home.resolve("rails/z.jar").toString());
    }

    @Test
    void combiningCataloguesDoesNotLetADroppedPluginTakeABundledName() throws IOException {
        new JarBuilder().rail("com.a.CatRail", "cats").writeTo(home.resolve("plugins/a.jar"));
        new JarBuilder().rail("com.z.CatRail", "cats").writeTo(home.resolve("rails/z.jar"));
        Catalogue dropped = load(new PluginFolder(home.resolve("plugins"), Origin.DROPPED));
        Catalogue bundled = load(new PluginFolder(home.resolve("rails"), Origin.BUNDLED));

        Catalogue catalogue = Catalogue.combine(List.of(dropped, bundled));

        assertThat(catalogue.plugins()).extracting(Plugin::name).containsExactly("z.jar", "a.jar");
        assertThat(catalogue.rail("cats").orElseThrow().plugin().origin()).isEqualTo(Origin.BUNDLED);
        assertThat(catalogue.problems()).extracting(PluginProblem::plugin).containsExactly("a.jar");
    }

    @Test
    void twoClassesOfOneJarCannotShareAName() throws IOException {
        new JarBuilder()
                .rail("com.a.CatRail", "cats")
                .rail("com.a.TomRail", "cats")
                .writeTo(home.resolve("plugins/a.jar"));

        Catalogue catalogue = load(new PluginFolder(home.resolve("plugins"), Origin.DROPPED));

        assertThat(catalogue.rail("cats").orElseThrow().rail().getClass().getSimpleName())
                .isEqualTo("CatRail");
        assertThat(catalogue.problems()).hasSize(1);
    }

    @Test
    void actionsAndEnginesHaveOneOwnerToo() throws IOException {
        for (String jar : List.of("a", "b")) {
            new JarBuilder()
                    .source("com." + jar + ".Meow", meow())
                    .service(Action.class, "com." + jar + ".Meow")
                    .source("com." + jar + ".Zoo", zoo(jar))
                    .service(ChatModelProvider.class, "com." + jar + ".Zoo")
                    .writeTo(home.resolve("plugins/" + jar + ".jar"));
        }

        Catalogue catalogue = load(new PluginFolder(home.resolve("plugins"), Origin.DROPPED));

        assertThat(catalogue.actions()).extracting(CataloguedAction::name).containsExactly("meow");
        assertThat(catalogue.providers())
                .extracting(CataloguedProvider::engine)
                .containsExactly("common", "only-a", "only-b");
        assertThat(catalogue.provider("common").orElseThrow().plugin().name()).isEqualTo("a.jar");
        assertThat(catalogue.problems())
                .extracting(PluginProblem::message)
                .satisfiesExactly(
                        action -> assertThat(action).contains("the action 'meow'", "a.jar", "b.jar"),
                        engine -> assertThat(engine).contains("the engine 'common'", "a.jar", "b.jar"));
    }

    @Test
    void theEnginesOwnProvidersComeBeforeThoseOfJars() throws IOException {
        new JarBuilder()
                .source("com.a.Zoo", zoo("a"))
                .service(ChatModelProvider.class, "com.a.Zoo")
                .writeTo(home.resolve("plugins/a.jar"));

        Catalogue catalogue = Catalogue.combine(List.of(
                load(new PluginFolder(home.resolve("plugins"), Origin.DROPPED)),
                Catalogue.withProviders(List.of(new BuiltIn()))));

        Plugin owner = catalogue.provider("common").orElseThrow().plugin();
        assertThat(owner.name()).isEqualTo("guardrails-engine");
        assertThat(owner.origin()).isEqualTo(Origin.CLASS_PATH);
        assertThat(catalogue.provider("only-a")).isPresent();
        assertThat(catalogue.problems())
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.message()).contains("the engine 'common'", "a.jar", "guardrails-engine"));
    }

    @Test
    void findsNothingUnderAnUnknownName() {
        Catalogue catalogue = Catalogue.combine(List.of());

        assertThat(catalogue.rail("cats")).isEmpty();
        assertThat(catalogue.action("meow")).isEmpty();
        assertThat(catalogue.provider("zoo")).isEmpty();
    }

    @Test
    void doesNotChangeThroughItsLists() {
        Catalogue catalogue = Catalogue.withProviders(List.of(new BuiltIn()));

        assertThatThrownBy(() -> catalogue.providers().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> catalogue.plugins().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> catalogue.problems().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void theClassPathOffersOnePluginAJar() throws Exception {
        Path cats = new JarBuilder()
                .rail("com.a.CatRail", "cats")
                .source("com.a.Meow", meow())
                .service(Action.class, "com.a.Meow")
                .writeTo(home.resolve("lib/cats.jar"));
        Path dogs = new JarBuilder().rail("com.b.DogRail", "dogs").writeTo(home.resolve("lib/dogs.jar"));

        Catalogue catalogue = onClassPath(Catalogue::ofClassPath, cats, dogs);

        Plugin plugin = catalogue.rail("cats").orElseThrow().plugin();
        assertThat(plugin.name()).isEqualTo("cats.jar");
        assertThat(plugin.path()).contains(cats);
        assertThat(plugin.origin()).isEqualTo(Origin.CLASS_PATH);
        assertThat(catalogue.action("meow").orElseThrow().plugin()).isEqualTo(plugin);
        assertThat(catalogue.rail("dogs").orElseThrow().plugin().name()).isEqualTo("dogs.jar");
    }

    @Test
    void aFaultyClassOfTheClassPathDoesNotHideTheOthers() throws Exception {
        Path bad = new JarBuilder()
                .service(Rail.class, "com.bad.GoneRail")
                .rail("com.bad.BadRail", "bad", "public BadRail() { throw new IllegalStateException(\"why\"); }")
                .writeTo(home.resolve("lib/bad.jar"));
        Path dogs = new JarBuilder().rail("com.b.DogRail", "dogs").writeTo(home.resolve("lib/dogs.jar"));

        Catalogue catalogue = onClassPath(Catalogue::ofClassPath, bad, dogs);

        assertThat(catalogue.rail("dogs")).isPresent();
        assertThat(catalogue.problems())
                .anySatisfy(problem -> assertThat(problem.toString())
                        .startsWith("class path: ")
                        .contains("com.bad.GoneRail"))
                .anySatisfy(problem -> assertThat(problem.toString()).startsWith("bad.jar: com.bad.BadRail: threw"));
    }

    @Test
    void aDroppedPluginDoesNotOfferWhatItsHostOffers() throws Exception {
        Path dogs = new JarBuilder().rail("com.b.DogRail", "dogs").writeTo(home.resolve("lib/dogs.jar"));
        new JarBuilder().rail("com.a.CatRail", "cats").writeTo(home.resolve("plugins/a.jar"));

        Catalogue catalogue = onClassPath(() -> load(new PluginFolder(home.resolve("plugins"), Origin.DROPPED)), dogs);

        assertThat(catalogue.rails()).extracting(CataloguedRail::name).containsExactly("cats");
    }

    @Test
    void aSearchLeavesOutWhatBelongsToAnother() throws Exception {
        Path dogs = new JarBuilder().rail("com.b.DogRail", "dogs").writeTo(home.resolve("lib/dogs.jar"));

        Findings all = onClassPath(() -> scan(type -> Optional.of(anyPlugin())), dogs);
        Findings own = onClassPath(() -> scan(type -> Optional.empty()), dogs);

        assertThat(all.rails()).extracting(CataloguedRail::name).contains("dogs");
        assertThat(own.rails()).isEmpty();
        assertThat(own.problems()).isEmpty();
    }

    private static Findings scan(Function<Class<?>, Optional<Plugin>> owner) {
        return new ServiceScan("test", Thread.currentThread().getContextClassLoader(), owner).run();
    }

    private static Plugin anyPlugin() {
        return new Plugin(
                "any", Optional.empty(), Origin.DROPPED, PluginDescription.NONE, CatalogueTest.class.getClassLoader());
    }

    private Catalogue load(PluginFolder... folders) {
        return new PluginLoader(List.of(folders), home.resolve("copies")).load();
    }

    /** Runs what an application with these jars on its class path would run. */
    private static <T> T onClassPath(Callable<T> work, Path... jars) throws Exception {
        URL[] urls = new URL[jars.length];
        for (int i = 0; i < jars.length; i++) {
            urls[i] = jars[i].toUri().toURL();
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader application = new URLClassLoader(urls, CatalogueTest.class.getClassLoader())) {
            thread.setContextClassLoader(application);
            return work.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static String meow() {
        return """
            public class Meow implements dev.guardrails4j.api.Action {
                @Override public String name() { return "meow"; }
                @Override public Object execute(dev.guardrails4j.api.ActionContext context) { return "meow"; }
            }
            """;
    }

    private static String zoo(String jar) {
        return """
            public class Zoo implements dev.guardrails4j.api.ChatModelProvider {
                @Override public java.util.Set<String> engines() { return java.util.Set.of("common", "only-%s"); }
                @Override public dev.guardrails4j.api.ChatModel connect(dev.guardrails4j.api.ModelSetup setup) {
                    throw new UnsupportedOperationException();
                }
            }
            """.formatted(jar);
    }

    private static final class BuiltIn implements ChatModelProvider {
        @Override
        public Set<String> engines() {
            return Set.of("common");
        }

        @Override
        public ChatModel connect(ModelSetup setup) {
            throw new UnsupportedOperationException();
        }
    }
}
