package dev.guardrails4j.server.cli;

import dev.guardrails4j.api.Rail;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A Maven project for a rail of one's own: the rail, its tests, a configuration.
 *
 * @param words the words of the rail's name, in lower case
 * @param packageName the Java package
 * @param repository a Maven repository that has what it is built with; empty if all of them have
 */
record RailProject(List<String> words, String packageName, Optional<URI> repository) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*([ _-][a-z][a-z0-9]*)*");
    private static final Pattern PACKAGE = Pattern.compile("[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)*");
    private static final String SOURCE = "new-rail/";
    private static final String REPOSITORIES = """

              <repositories>
                <repository>
                  <id>guardrails</id>
                  <url>${guardrails.repository}</url>
                  <releases>
                    <checksumPolicy>ignore</checksumPolicy>
                  </releases>
                  <snapshots>
                    <updatePolicy>always</updatePolicy>
                    <checksumPolicy>ignore</checksumPolicy>
                  </snapshots>
                </repository>
              </repositories>
            """;

    /**
     * @param name {@code "ticket check"}, or with dashes
     * @throws IllegalArgumentException if one of them is none; the message says how it is to be
     */
    static RailProject named(String name, String packageName, Optional<URI> repository) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        if (!NAME.matcher(lower).matches()) {
            throw new IllegalArgumentException("a rail's name is words of letters and digits: 'ticket check'");
        }
        if (!PACKAGE.matcher(packageName).matches()
                || Arrays.stream(packageName.split("\\.")).anyMatch(javax.lang.model.SourceVersion::isKeyword)) {
            throw new IllegalArgumentException("a package is lower-case words with dots between: com.example.rails");
        }
        return new RailProject(List.of(lower.split("[ _-]")), packageName, repository);
    }

    /** What its folder and its jar are called. */
    String artifact() {
        return String.join("-", words);
    }

    /** What configurations call the rail. */
    String rail() {
        return String.join(" ", words);
    }

    /** The rail's class, without the package. */
    String className() {
        String name = words.stream()
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
        return name.endsWith("Rail") && words.size() > 1 ? name : name + "Rail";
    }

    /**
     * Writes all files into a folder, which is made.
     *
     * @throws IOException if a file cannot be written
     */
    void writeTo(Path folder) throws IOException {
        String path = packageName.replace('.', '/');
        Map<String, String> files = new LinkedHashMap<>();
        files.put("pom.xml", template("pom.xml"));
        files.put("README.md", template("README.md"));
        files.put(".gitignore", "target/\nguardrails-data/\n");
        files.put("config/config.yml", template("config.yml"));
        files.put("src/main/java/" + path + "/" + className() + ".java", template("Rail.java"));
        files.put("src/main/resources/META-INF/guardrails/plugin.yml", template("plugin.yml"));
        files.put(
                "src/main/resources/META-INF/services/" + Rail.class.getName(), packageName + "." + className() + "\n");
        files.put("src/test/java/" + path + "/" + className() + "Test.java", template("RailTest.java"));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(target.getParent(), "every file is in the folder"));
            Files.writeString(target, file.getValue());
        }
    }

    private String template(String name) {
        String version = apiVersion();
        return read(SOURCE + name)
                .replace("@package@", packageName)
                .replace("@path@", packageName.replace('.', '/'))
                .replace("@artifact@", artifact())
                .replace("@rail@", rail())
                .replace("@section@", String.join("_", words))
                .replace("@class@", className())
                .replace("@version@", version)
                .replace(
                        "@repositoryProperty@",
                        repository.map(RailProject::property).orElse(""))
                .replace("@repositories@", repository.isPresent() ? REPOSITORIES : "")
                .replace("@apiVersion@", version.replaceFirst("^(\\d+\\.\\d+).*", "$1"));
    }

    private static String property(URI repository) {
        String escaped = repository.toString().replace("&", "&amp;").replace("$", "%24");
        return """
                    <!-- What came with the distribution, as a Maven repository; -Dguardrails.repository=... says another. -->
                    <guardrails.repository>%s</guardrails.repository>
                """.formatted(escaped);
    }

    private static String read(String resource) {
        try (InputStream in =
                Objects.requireNonNull(RailProject.class.getResourceAsStream(resource), () -> "no " + resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** That of the API that this program has, as Maven knows it. */
    private static String apiVersion() {
        Properties properties = new Properties();
        try (InputStream in = Objects.requireNonNull(
                Rail.class.getResourceAsStream("/META-INF/guardrails/api.properties"), "no api.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
