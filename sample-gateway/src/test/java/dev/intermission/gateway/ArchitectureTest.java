package dev.intermission.gateway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.intermission.api.TokenText;
import dev.intermission.gateway.config.DurationText;
import dev.intermission.runtime.OwnerOnly;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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

  private static final String API = "dev.intermission.api..";
  private static final String JSON = "dev.intermission.json..";
  private static final String RUNTIME = "dev.intermission.runtime..";
  private static final String GATE = "dev.intermission.gate..";
  private static final String FILTER = "dev.intermission.filter..";
  private static final String JETTY = "dev.intermission.jetty..";
  private static final String FEED = "dev.intermission.feed..";
  private static final String STORE = "dev.intermission.store..";
  private static final String TRAFFIC_LOG = "dev.intermission.trafficlog..";
  private static final String ADMIN = "dev.intermission.admin..";

  private static final String HTTP = "dev.intermission.admin.http..";
  private static final String ACCESS = "dev.intermission.admin.access..";
  private static final String CATALOG = "dev.intermission.admin.catalog..";
  private static final String CHANGE = "dev.intermission.admin.change..";
  private static final String DEPLOYMENT = "dev.intermission.admin.deployment..";
  private static final String HEALTH = "dev.intermission.admin.health..";
  private static final String MAINTENANCE = "dev.intermission.admin.maintenance..";
  private static final String AUDIT = "dev.intermission.admin.audit..";
  private static final String OVERVIEW = "dev.intermission.admin.overview..";
  private static final String OPERATION = "dev.intermission.admin.operation..";

  /** What the packages of a module may use besides themselves and the JDK. */
  private static final Map<String, List<String>> MAY_USE =
      Map.of(
          API,
          List.of(),
          RUNTIME,
          List.of("org.slf4j"),
          JSON,
          List.of(API, "com.fasterxml.jackson.."),
          GATE,
          List.of(API, "com.github.benmanes.caffeine.."),
          FILTER,
          List.of(API, GATE, "jakarta.servlet..", "org.eclipse.jetty.."),
          JETTY,
          List.of(API, GATE, "org.eclipse.jetty.."),
          FEED,
          List.of(
              API,
              JSON,
              RUNTIME,
              "com.fasterxml.jackson..",
              "com.github.benmanes.caffeine..",
              "jakarta.servlet..",
              "org.slf4j"),
          TRAFFIC_LOG,
          List.of(
              API,
              RUNTIME,
              "ch.qos.logback.core..",
              "com.fasterxml.jackson.core..",
              "com.google.re2j..",
              "javax.crypto..",
              "org.slf4j"),
          STORE,
          List.of(
              API,
              JSON,
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
              JSON,
              RUNTIME,
              GATE,
              FEED,
              "com.fasterxml.jackson..",
              "com.github.benmanes.caffeine..",
              "com.password4j..",
              "jakarta.servlet..",
              "org.slf4j"));

  /** What the packages of the management API may not use of each other. */
  private static final Map<String, List<String>> MAY_NOT_USE =
      Map.of(
          API,
          List.of("dev.intermission.feed..", "dev.intermission.store.."),
          "dev.intermission.api",
          List.of("dev.intermission.api.store"),
          "dev.intermission.feed.node",
          List.of("dev.intermission.feed.server"),
          "dev.intermission.feed.server",
          List.of("dev.intermission.feed.node"),
          "dev.intermission.feed",
          List.of("dev.intermission.feed.node", "dev.intermission.feed.server"),
          HTTP,
          List.of(
              ACCESS, CATALOG, CHANGE, DEPLOYMENT, HEALTH, AUDIT, MAINTENANCE, OVERVIEW, OPERATION),
          ACCESS,
          List.of(CATALOG, CHANGE, DEPLOYMENT, HEALTH, AUDIT, MAINTENANCE, OVERVIEW, OPERATION),
          CHANGE,
          List.of(CATALOG, DEPLOYMENT, HEALTH, AUDIT, MAINTENANCE, OVERVIEW, OPERATION));

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

  static Stream<String> arrows() {
    return MAY_NOT_USE.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("arrows")
  void packageDoesNotUseWhatUsesIt(String pack) {
    noClasses()
        .that()
        .resideInAPackage(pack)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(MAY_NOT_USE.getOrDefault(pack, List.of()).toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void featuresOfTheManagementApiDoNotUseEachOther() {
    for (String feature : List.of(CATALOG, HEALTH, AUDIT)) {
      noClasses()
          .that()
          .resideInAPackage("dev.intermission.admin..")
          .and()
          .resideOutsideOfPackages(feature, "dev.intermission.admin")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(feature)
          .check(CLASSES);
    }
  }

  @Test
  void noTwoMainClassesHaveTheSameSimpleName() {
    Set<String> names = new HashSet<>();
    List<String> repeated =
        CLASSES.stream()
            .filter(JavaClass::isTopLevelClass)
            .map(JavaClass::getSimpleName)
            .filter(name -> !name.equals("package-info") && !names.add(name))
            .toList();
    assertThat(names).hasSizeGreaterThan(100);
    assertThat(repeated).isEmpty();
  }

  @Test
  void noPackageOfTheManagementApiHoldsMoreThanTwentyFiles() {
    Map<String, Long> files =
        CLASSES.stream()
            .filter(
                type ->
                    type.isTopLevelClass()
                        && type.getPackageName().startsWith("dev.intermission.admin"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    assertThat(files)
        .isNotEmpty()
        .allSatisfy((name, count) -> assertThat(count).isLessThanOrEqualTo(20));
  }

  @Test
  void filterKnowsJettyInOneClass() {
    noClasses()
        .that()
        .resideInAPackage(FILTER)
        .and()
        .doNotHaveSimpleName("JettyContainer")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.jetty..")
        .check(CLASSES);
  }

  /** An operator waits for a command, so it loads no store, no server and no log. */
  @Test
  void commandsForOperatorsAreAThinClient() {
    classes()
        .that()
        .resideInAPackage("dev.intermission.gateway.client..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    "dev.intermission.gateway.client..",
                    "java..",
                    "javax.net..",
                    "com.sun.net.httpserver",
                    "org.jspecify..",
                    "com.fasterxml.jackson..",
                    "org.yaml.snakeyaml..",
                    "picocli..")
                .or(belongToAnyOf(DurationText.class, OwnerOnly.class, TokenText.class)))
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
