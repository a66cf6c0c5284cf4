package dev.intermission.gateway.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

/** The launcher of a clone: what it builds, and when it builds nothing. */
class LauncherTest {

  private static final String SOURCE = "sample-gateway/src/main/java/Main.java";

  private final Clone clone;

  LauncherTest(@TempDir Path folder) throws IOException {
    clone = new Clone(folder);
  }

  @Test
  void firstStartBuildsAndTellsHowFarItIs() throws Exception {
    Clone.Start start = clone.start("demo", "--port", "0");
    assertThat(start.code()).isZero();
    assertThat(start.out()).contains("class Main {}").endsWith("arguments: demo --port 0\n");
    assertThat(start.err().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("intermission: The gateway is built for the first"),
            line -> assertThat(line).isEqualTo("intermission:   1/2 Intermission"),
            line -> assertThat(line).isEqualTo("intermission:   2/2 Intermission gateway"),
            line -> assertThat(line).matches("intermission: Built in [0-9]+ s"));
    assertThat(clone.builds()).hasSize(1);
  }

  @Test
  void startBuildsNothingWhenOnlyTimesHaveChanged() throws Exception {
    clone.start("demo");
    Path source = clone.root().resolve(SOURCE);
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(3600)));
    Files.setLastModifiedTime(clone.root().resolve("pom.xml"), FileTime.from(Instant.now()));
    Clone.Start start = clone.start("demo");
    assertThat(start.err()).isEmpty();
    assertThat(start.out()).contains("class Main {}");
    assertThat(clone.builds()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SOURCE,
        "sample-gateway/src/main/resources/a text.txt",
        "sample-gateway/src/main/java/New.java",
        "sample-gateway/pom.xml",
        "pom.xml",
        ".mvn/jvm.config"
      })
  void changeOfWhatIsBuiltIsBuiltAndTakenBackWithoutABuild(String file) throws Exception {
    clone.start("demo");
    Path path = clone.root().resolve(file);
    String before = Files.exists(path) ? Files.readString(path) : null;
    clone.write(file, "changed");
    assertThat(clone.start("demo").out()).contains("changed");
    assertThat(clone.builds()).hasSize(2);
    if (before == null) {
      Files.delete(path);
    } else {
      clone.write(file, before);
    }
    Clone.Start start = clone.start("demo");
    assertThat(start.out()).doesNotContain("changed");
    assertThat(start.err()).isEmpty();
    assertThat(clone.builds()).hasSize(2);
  }

  @Test
  void fileThatIsDeletedOrRenamedIsBuiltWithoutIt() throws Exception {
    clone.start("demo");
    Path text = clone.root().resolve("sample-gateway/src/main/resources/a text.txt");
    Path renamed = Files.move(text, text.resolveSibling("another.txt"));
    assertThat(clone.start("demo").out()).contains("another.txt").doesNotContain("a text.txt");
    Files.delete(renamed);
    assertThat(clone.start("demo").out()).doesNotContain("another.txt");
    assertThat(clone.builds()).hasSize(3);
  }

  @Test
  void testsAndToolsAndOutputOfMavenAreNothingToTheGateway() throws Exception {
    clone.start("demo");
    clone.write("sample-gateway/src/test/java/MainTest.java", "changed");
    clone.write("sample-gateway/target/intermission-gateway.jar", "changed");
    clone.write("tools/load/src/main/java/Main.java", "changed");
    clone.write("README.md", "changed");
    assertThat(clone.start("demo").out()).doesNotContain("changed");
    assertThat(clone.builds()).hasSize(1);
    assertThat(clone.builds().get(0)).contains("--projects sample-gateway --also-make package");
  }

  @Test
  void toolIsBuiltByItselfAndWithWhatItNeeds() throws Exception {
    assertThat(clone.start("load", "--url", "x").out()).endsWith("arguments: --url x\n");
    clone.start("load");
    assertThat(clone.builds()).hasSize(1);
    clone.write(SOURCE, "changed");
    assertThat(clone.start("load").out()).contains("changed");
    assertThat(clone.builds()).hasSize(2).allMatch(build -> build.contains(" tools/load "));
  }

  @Test
  void buildThatFailsIsToldAndMadeAgain() throws Exception {
    clone.start("demo");
    clone.write(SOURCE, "WRONG");
    for (int i = 0; i < 2; i++) {
      Clone.Start start = clone.start("demo");
      assertThat(start.code()).isEqualTo(1);
      assertThat(start.out()).isEmpty();
      assertThat(start.err())
          .contains("[ERROR] Wrong.java:[1,1] this is WRONG\n")
          .contains("intermission: The build failed. Maven's errors are above");
    }
    clone.write(SOURCE, "class Main {}");
    assertThat(clone.start("demo").out()).contains("class Main {}");
    assertThat(clone.builds()).hasSize(3);
  }

  @Test
  void startsAtTheSameTimeShareOneBuild() throws Exception {
    Assumptions.assumeTrue(
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "flock"))));
    clone.hold();
    List<Clone.Begun> begun = List.of(clone.begin("a"), clone.begin("b"), clone.begin("c"));
    await()
        .until(
            () ->
                begun.stream().filter(start -> err(start).contains("Waiting for another")).count()
                    == 2);
    clone.release();
    for (Clone.Begun start : begun) {
      assertThat(start.finish().out()).contains("class Main {}");
    }
    assertThat(clone.builds()).hasSize(1);
  }

  private static String err(Clone.Begun start) {
    try {
      return start.err();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void changeDuringABuildIsNoPartOfIt() throws Exception {
    clone.hold();
    Clone.Begun begun = clone.begin("demo");
    await().until(() -> !clone.builds().isEmpty());
    clone.write(SOURCE, "changed");
    clone.release();
    assertThat(begun.finish().out()).contains("class Main {}");
    assertThat(clone.start("demo").out()).contains("changed");
  }

  @Test
  void startOfWhatIsBuiltWritesNothing() throws Exception {
    clone.start("demo");
    Map<Path, FileTime> before = times();
    assertThat(clone.start("demo").code()).isZero();
    assertThat(times()).isEqualTo(before);
  }

  private Map<Path, FileTime> times() throws IOException {
    Map<Path, FileTime> times = new TreeMap<>();
    try (Stream<Path> files = Files.walk(clone.root())) {
      for (Path file : files.toList()) {
        times.put(file, Files.getLastModifiedTime(file));
      }
    }
    return times;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "-h",
        "serve --port 1 --help",
        "token create -h",
        "fleet --help",
        "load --help"
      })
  void helpIsPrintedWithoutABuild(String arguments) throws Exception {
    Clone.Start start = clone.start(arguments.split(" ", -1));
    assertThat(start.code()).isZero();
    assertThat(start.err()).isEmpty();
    String command = arguments.replaceAll(" ?-.*", "");
    assertThat(start.out()).startsWith(("Usage: intermission " + command).strip() + " ");
    assertThat(clone.builds()).isEmpty();
    assertThat(clone.root().resolve("target")).doesNotExist();
  }

  @Test
  void helpListsAllCommands() throws Exception {
    assertThat(clone.start("--help").out())
        .containsSubsequence("demo ", "serve ", "token ", "secret ", "fleet ", "load ", "close ");
  }

  @Test
  void versionIsThatOfTheSourcesAndNeedsNoBuild() throws Exception {
    assertThat(clone.start("--version").out()).isEqualTo("Intermission 1.2.3\n");
    assertThat(clone.builds()).isEmpty();
    String version =
        XPathFactory.newInstance()
            .newXPath()
            .evaluate("/*/*[local-name()='version']", new InputSource("../pom.xml"));
    Process real = new ProcessBuilder("../intermission", "--version").start();
    assertThat(new String(real.getInputStream().readAllBytes(), UTF_8))
        .isEqualTo("Intermission " + version + "\n");
  }

  @Test
  void startWithoutACommandPrintsTheHelpAsAFault() throws Exception {
    Clone.Start start = clone.start();
    assertThat(start.code()).isEqualTo(2);
    assertThat(start.err()).startsWith("Usage: intermission ");
    assertThat(clone.builds()).isEmpty();
  }

  @Test
  void withoutAHomeNoBuildOfAFolderForAllIsRun() throws Exception {
    // A file in place of the clone's folder for builds, since root can write everywhere.
    clone.write("target/launcher", "");
    Clone.Start start = clone.startWithoutHome("demo");
    assertThat(start.code()).isEqualTo(1);
    assertThat(start.err()).contains("It is not built yet").doesNotContain("/.cache/");
    assertThat(clone.builds()).isEmpty();
    assertThat(clone.start("demo").out()).contains("class Main {}");
    assertThat(clone.builds()).hasSize(1);
  }
}
