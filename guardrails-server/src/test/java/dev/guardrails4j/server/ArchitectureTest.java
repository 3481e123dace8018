package dev.guardrails4j.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the arrows that end at the server: DESIGN section 1. */
@AnalyzeClasses(packages = "dev.guardrails4j", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String HTTP = "dev.guardrails4j.server.http..";
    private static final String[] WIRE = {
        "dev.guardrails4j.server.openai..",
        "dev.guardrails4j.server.checks..",
        "dev.guardrails4j.server.configs..",
        "dev.guardrails4j.server.wire.."
    };

    @ArchTest
    static void seesServerEngineAndRails(JavaClasses classes) {
        assertThat(classes)
                .extracting(type -> type.getPackageName())
                .contains(
                        "dev.guardrails4j.server.http",
                        "dev.guardrails4j.server.openai",
                        "dev.guardrails4j.server.checks",
                        "dev.guardrails4j.server.configs",
                        "dev.guardrails4j.server.wire",
                        "dev.guardrails4j.engine",
                        "dev.guardrails4j.rails.selfcheck");
    }

    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_SERVER = noClasses()
            .that()
            .resideOutsideOfPackage("dev.guardrails4j.server..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.guardrails4j.server..");

    @ArchTest
    static final ArchRule THE_SERVER_KNOWS_NO_RAIL = noClasses()
            .that()
            .resideInAPackage("dev.guardrails4j.server..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.guardrails4j.rails..");

    @ArchTest
    static final ArchRule HTTP_AND_WIRE_KNOW_THE_ENGINES_FRONT_DOOR_ONLY = noClasses()
            .that()
            .resideInAPackage(HTTP)
            .or()
            .resideInAnyPackage(WIRE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.guardrails4j.engine.pipeline..",
                    "dev.guardrails4j.engine.prompt..",
                    "dev.guardrails4j.engine.model..",
                    "dev.guardrails4j.engine.plugin..",
                    "com.hubspot..",
                    "org.apache.hc..",
                    "org.yaml..",
                    "com.google.inject..");

    @ArchTest
    static final ArchRule THE_WIRE_KNOWS_NO_HTTP_SERVER = noClasses()
            .that()
            .resideInAnyPackage(WIRE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(HTTP, "io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..");

    @ArchTest
    static final ArchRule ONLY_HTTP_KNOWS_THE_HTTP_SERVER = noClasses()
            .that()
            .resideOutsideOfPackage(HTTP)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..");

    @ArchTest
    static final ArchRule REQUESTS_DO_NOT_PRINT = noClasses()
            .that()
            .resideInAPackage(HTTP)
            .or()
            .resideInAnyPackage(WIRE)
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    /** Somebody may set the clock back while something is measured by it: docs/faults.md. */
    @ArchTest
    static final ArchRule NOTHING_IS_MEASURED_BY_A_CLOCK_THAT_JUMPS =
            noClasses().should().callMethod(System.class, "currentTimeMillis");
}
