package dev.guardrails4j.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the arrows of the house: DESIGN section 1. */
@AnalyzeClasses(packages = "dev.guardrails4j", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static void seesTheWholeEngine(JavaClasses classes) {
        assertThat(classes.size()).isGreaterThan(80);
    }

    @ArchTest
    static final ArchRule THE_API_KNOWS_NOTHING_BUT_JAVA = classes()
            .that()
            .resideInAPackage("dev.guardrails4j.api..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.guardrails4j.api..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule THE_ENGINE_KNOWS_NEITHER_RAILS_NOR_THE_SERVER = noClasses()
            .that()
            .resideInAPackage("dev.guardrails4j.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.guardrails4j.rails..", "dev.guardrails4j.server..", "io.javalin..");

    @ArchTest
    static final ArchRule CONCERNS_DO_NOT_GO_IN_CIRCLES =
            slices().matching("dev.guardrails4j.engine.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_PROMPTS_KNOW_THE_TEMPLATE_LIBRARY = noClasses()
            .that()
            .resideOutsideOfPackage("dev.guardrails4j.engine.prompt..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.hubspot..");

    @ArchTest
    static final ArchRule ONLY_MODELS_KNOW_THE_HTTP_CLIENT = noClasses()
            .that()
            .resideOutsideOfPackage("dev.guardrails4j.engine.model..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.hc..");

    @ArchTest
    static final ArchRule ONLY_CONFIG_KNOWS_YAML = noClasses()
            .that()
            .resideOutsideOfPackage("dev.guardrails4j.engine.config..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.yaml..");

    @ArchTest
    static final ArchRule NOTHING_PRINTS =
            noClasses().should().accessField(System.class, "out").orShould().accessField(System.class, "err");
}
