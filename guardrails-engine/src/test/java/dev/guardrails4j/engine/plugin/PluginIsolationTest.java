package dev.guardrails4j.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.inject.Guice;
import dev.guardrails4j.api.Action;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.testkit.JarBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

/** What a plug-in sees, and what it does not (DESIGN section 3). */
class PluginIsolationTest {

    @TempDir
    private Path folder;

    @TempDir
    private Path copies;

    @Test
    void twoPluginsUseDifferentVersionsOfOneLibrary() throws Exception {
        writeWithLibrary("one", 1);
        writeWithLibrary("two", 2);

        Catalogue catalogue = load();

        assertThat(catalogue.problems()).isEmpty();
        assertThat(run(catalogue, "version_one")).isEqualTo(1);
        assertThat(run(catalogue, "version_two")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(classes = {Catalogue.class, ObjectMapper.class, Guice.class, org.junit.jupiter.api.Assertions.class})
    void classesOfTheHostAreInvisible(Class<?> host) throws IOException {
        ClassLoader loader = loaderOf(new JarBuilder().rail("com.acme.CatRail", "cats"));

        assertThat(canLoad(loader, host)).isFalse();
        assertThat(loader.getResource(pathOf(host))).isNull();
        assertThat(loader.getResources(pathOf(host)).hasMoreElements()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(classes = {Rail.class, Logger.class, NullMarked.class})
    void sharedClassesAreThoseOfTheHost(Class<?> shared) throws Exception {
        ClassLoader loader = loaderOf(new JarBuilder().rail("com.acme.CatRail", "cats"));

        assertThat(loader.loadClass(shared.getName())).isSameAs(shared);
        assertThat(loader.getResource(pathOf(shared)))
                .isEqualTo(shared.getClassLoader().getResource(pathOf(shared)));
        assertThat(Collections.list(loader.getResources(pathOf(shared)))).hasSize(1);
    }

    @Test
    void classesOfTheJdkAreVisible() throws Exception {
        ClassLoader loader = loaderOf(new JarBuilder().rail("com.acme.CatRail", "cats"));

        assertThat(loader.loadClass("java.sql.Driver")).isSameAs(java.sql.Driver.class);
    }

    /** A package is shared whole or not at all: these names only begin as shared ones do. */
    @Test
    void packagesThatOnlyBeginLikeSharedOnesAreThePluginsOwn() throws Exception {
        ClassLoader loader = loaderOf(new JarBuilder()
                .rail("com.acme.CatRail", "cats")
                .source("dev.guardrails4j.apiary.Bee", "public class Bee {}")
                .resource("org/slf4jx/bee.txt", "bee"));

        assertThat(loader.loadClass("dev.guardrails4j.apiary.Bee").getClassLoader())
                .isSameAs(loader);
        assertThat(loader.getResource("org/slf4jx/bee.txt")).isNotNull();
    }

    @Test
    void anApiInsideThePluginGivesWayToTheHosts() throws IOException {
        String api = "public interface Rail { String name(); java.util.Set<Stage> stages(); "
                + "default String description() { return \"own\"; } RailCheck configure(RailSetup setup); }";
        new JarBuilder()
                .source("dev.guardrails4j.api.Rail", api)
                .rail("com.acme.CatRail", "cats")
                .writeTo(folder.resolve("acme.jar"));

        Catalogue catalogue = load();

        assertThat(catalogue.problems()).isEmpty();
        assertThat(catalogue.rail("cats")).isPresent();
    }

    @Test
    void aPluginReadsItsOwnResources() throws Exception {
        ClassLoader loader =
                loaderOf(new JarBuilder().rail("com.acme.CatRail", "cats").resource("com/acme/cats.txt", "tom, felix"));

        Class<?> rail = loader.loadClass("com.acme.CatRail");

        try (InputStream relative = rail.getResourceAsStream("cats.txt")) {
            assertThat(relative).asString(StandardCharsets.UTF_8).isEqualTo("tom, felix");
        }
        assertThat(Collections.list(loader.getResources("com/acme/cats.txt"))).hasSize(1);
    }

    @Test
    void aPluginFindsItsOwnServicesByTheContextLoader() throws Exception {
        String action = """
            public class CountAction implements dev.guardrails4j.api.Action {
                @Override public String name() { return "count"; }
                @Override public Object execute(dev.guardrails4j.api.ActionContext context) {
                    return java.util.ServiceLoader.load(Counter.class).stream().count();
                }
            }
            """;
        new JarBuilder()
                .source("com.acme.Counter", "public interface Counter {}")
                .source("com.acme.FirstCounter", "public class FirstCounter implements Counter {}")
                .source("com.acme.SecondCounter", "public class SecondCounter implements Counter {}")
                .source("com.acme.CountAction", action)
                .service("com.acme.Counter", "com.acme.FirstCounter", "com.acme.SecondCounter")
                .service(Action.class, "com.acme.CountAction")
                .writeTo(folder.resolve("acme.jar"));

        assertThat(run(load(), "count")).isEqualTo(2L);
    }

    @Test
    void thePluginsLoaderIsTheContextLoaderWhileItIsLoaded() throws IOException {
        String members = """
            private final ClassLoader inConstructor = Thread.currentThread().getContextClassLoader();
            private ClassLoader inStages;
            @Override public String description() {
                ClassLoader own = getClass().getClassLoader();
                return (inConstructor == own) + " " + (inStages == own) + " "
                        + (Thread.currentThread().getContextClassLoader() == own);
            }
            """;
        String source = JarBuilder.railSource("com.acme.CatRail", "cats", members)
                .replace("return EnumSet", "inStages = Thread.currentThread().getContextClassLoader(); return EnumSet")
                .replace("return \"cats\"", "return description().endsWith(\"true\") ? \"in place\" : \"elsewhere\"");
        new JarBuilder()
                .source("com.acme.CatRail", source)
                .service(Rail.class, "com.acme.CatRail")
                .writeTo(folder.resolve("acme.jar"));
        ClassLoader before = Thread.currentThread().getContextClassLoader();

        Catalogue catalogue = load();

        assertThat(catalogue.rails()).singleElement().satisfies(found -> {
            assertThat(found.name()).isEqualTo("in place");
            assertThat(found.rail().description()).isEqualTo("true true false");
            assertThat(found.plugin().call(found.rail()::description)).isEqualTo("true true true");
        });
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    void aCallRestoresTheContextLoaderAlsoWhenItThrows() throws IOException {
        new JarBuilder().rail("com.acme.CatRail", "cats").writeTo(folder.resolve("acme.jar"));
        Plugin plugin = load().plugins().get(0);
        ClassLoader before = Thread.currentThread().getContextClassLoader();

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> plugin.call(() -> {
                    throw new IOException("broken");
                })))
                .isInstanceOf(IOException.class);

        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    void overwritingAJarInPlaceBreaksNothingThatIsLoaded() throws Exception {
        String action = """
            public class LateAction implements dev.guardrails4j.api.Action {
                @Override public String name() { return "late"; }
                @Override public Object execute(dev.guardrails4j.api.ActionContext context) {
                    return new Late().toString();
                }
            }
            """;
        Path jar = new JarBuilder()
                .source("com.acme.LateAction", action)
                .source(
                        "com.acme.Late",
                        "class Late { @Override public String toString() { return \"loaded late\"; } }")
                .service(Action.class, "com.acme.LateAction")
                .writeTo(folder.resolve("acme.jar"));
        Catalogue catalogue = load();

        Files.write(jar, new byte[(int) Files.size(jar)]);

        assertThat(run(catalogue, "late")).isEqualTo("loaded late");
    }

    @Test
    void readingAResourceByItsUrlKeepsNoJarOpen() throws Exception {
        ClassLoader loader =
                loaderOf(new JarBuilder().rail("com.acme.CatRail", "cats").resource("com/acme/cats.txt", "tom"));

        URL resource = loader.getResource("com/acme/cats.txt");

        assertThat(resource.openConnection().getUseCaches()).isFalse();
    }

    private void writeWithLibrary(String plugin, int version) throws IOException {
        Path library = new JarBuilder()
                .source(
                        "org.library.Version",
                        "public class Version { public static int get() { return " + version + "; } }")
                .writeTo(folder.resolve(plugin + "/library.jar"));
        String action = """
            public class VersionAction implements dev.guardrails4j.api.Action {
                @Override public String name() { return "version_%s"; }
                @Override public Object execute(dev.guardrails4j.api.ActionContext context) {
                    return org.library.Version.get();
                }
            }
            """.formatted(plugin);
        new JarBuilder()
                .with(library)
                .source("com." + plugin + ".VersionAction", action)
                .service(Action.class, "com." + plugin + ".VersionAction")
                .writeTo(folder.resolve(plugin + "/plugin.jar"));
    }

    private ClassLoader loaderOf(JarBuilder jar) throws IOException {
        jar.writeTo(folder.resolve("acme.jar"));
        return load().plugins().get(0).loader();
    }

    private Catalogue load() {
        return new PluginLoader(List.of(new PluginFolder(folder, Plugin.Origin.DROPPED)), copies).load();
    }

    private static Object run(Catalogue catalogue, String name) throws Exception {
        CataloguedAction found = catalogue.action(name).orElseThrow();
        return found.plugin().call(() -> found.action().execute(null));
    }

    private static boolean canLoad(ClassLoader loader, Class<?> type) {
        try {
            return loader.loadClass(type.getName()) == type;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static String pathOf(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }
}
