package dev.intermission.gateway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps the arrows between the modules as docs/architecture.md draws them. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.intermission");

  private static final String API = "dev.intermission.api";
  private static final String RUNTIME = "dev.intermission.runtime";
  private static final String FILTER = "dev.intermission.filter";
  private static final String JETTY = "dev.intermission.jetty";
  private static final String FEED = "dev.intermission.feed";
  private static final String STORE = "dev.intermission.store";
  private static final String ADMIN = "dev.intermission.admin..";

  /** What the packages of a module may use besides themselves and the JDK. */
  private static final Map<String, List<String>> MAY_USE =
      Map.of(
          API, List.of(),
          RUNTIME, List.of("org.slf4j"),
          FILTER,
              List.of(
                  API,
                  "com.github.benmanes.caffeine..",
                  "jakarta.servlet..",
                  "org.eclipse.jetty.."),
          JETTY, List.of(API, FILTER, "org.eclipse.jetty.."),
          FEED, List.of(API, RUNTIME, "com.fasterxml.jackson..", "org.slf4j"),
          STORE,
              List.of(
                  API,
                  RUNTIME,
                  "com.fasterxml.jackson..",
                  "com.zaxxer.hikari..",
                  "org.flywaydb..",
                  "org.slf4j",
                  "org.sqlite..",
                  "org.postgresql.."),
          ADMIN,
              List.of(
                  API,
                  FEED,
                  RUNTIME,
                  "com.fasterxml.jackson..",
                  "com.github.benmanes.caffeine..",
                  "com.password4j..",
                  "jakarta.servlet..",
                  "org.slf4j"));

  static Stream<String> modules() {
    return MAY_USE.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void moduleUsesWhatItMay(String module) {
    String[] allowed =
        Stream.concat(
                Stream.of(module, "java..", "javax.sql..", "javax.net..", "org.jspecify.."),
                MAY_USE.getOrDefault(module, List.of()).stream())
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(module)
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(allowed))
        .check(CLASSES);
  }

  @Test
  void filterKnowsJettyInOneClass() {
    noClasses()
        .that()
        .resideInAPackage(FILTER)
        .and()
        .doNotHaveSimpleName("JettyContentType")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.jetty..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.intermission.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyCommandsWriteToStandardOutput() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.intermission.gateway..", "dev.intermission.bench..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }
}
