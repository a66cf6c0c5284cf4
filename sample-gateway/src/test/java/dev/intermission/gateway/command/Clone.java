package dev.intermission.gateway.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A clone with the real launcher and the smallest sources. Its {@code mvn} packs the sources that
 * it was given into the jar, and its {@code java} shows the jar that it was told to run.
 */
final class Clone {

  private static final String MVN =
      """
      #!/usr/bin/env bash
      set -euo pipefail
      echo "$*" >> "%1$s/mvn.log"
      while [ "$1" != --file ]; do shift; done
      work=$(dirname "$2")
      module=$4
      name=${module##*/} name=${name#sample-}
      cd "$work"
      echo "[INFO] Building Intermission 0.1.0-SNAPSHOT     [1/2]"
      echo "[INFO] Building Intermission gateway 0.1.0-SNAPSHOT     [2/2]"
      if grep -qr WRONG --include=*.java .; then
        echo "[ERROR] Wrong.java:[1,1] this is WRONG"
        exit 1
      fi
      while [ -e "%1$s/hold" ]; do sleep 0.1; done
      mkdir -p "$module/target/lib"
      find . -name target -prune -o -path ./log -prune -o -type f -print0 | LC_ALL=C sort -z |
        xargs -0 tail -n +1 > "$module/target/intermission-$name.jar"
      """;

  private static final String JAVA =
      """
      #!/usr/bin/env bash
      case "$*" in *-XshowSettings*) echo "    java.specification.version = 17"; exit ;; esac
      while [ "$1" != -cp ]; do shift; done
      cat "$2"
      shift 3
      echo "arguments: $*"
      """;

  private final Path tools;
  private final Path root;

  /** What a start of the launcher did. */
  record Start(int code, String out, String err) {}

  Clone(Path folder) throws IOException {
    root = folder.resolve("a clone");
    tools = folder.resolve("tools");
    write("pom.xml", "<artifactId>intermission-parent</artifactId>\n  <version>1.2.3</version>\n");
    for (String module : List.of("sample-gateway", "tools/load", "tools/fleet")) {
      write(module + "/pom.xml", module);
      write(module + "/src/main/java/Main.java", "class Main {}");
      write(module + "/src/test/java/MainTest.java", "class MainTest {}");
    }
    write("sample-gateway/src/main/resources/a text.txt", "a text");
    write(".mvn/jvm.config", "");
    Path real = Path.of("..").toAbsolutePath();
    Files.copy(real.resolve("intermission"), root.resolve("intermission"));
    Files.createDirectories(root.resolve("docs/commands"));
    try (Stream<Path> texts = Files.list(real.resolve("docs/commands"))) {
      for (Path text : texts.toList()) {
        Files.copy(text, root.resolve("docs/commands").resolve(text.getFileName()));
      }
    }
    script("bin/mvn", MVN.formatted(tools));
    script("jdk/bin/java", JAVA);
  }

  private void script(String name, String text) throws IOException {
    Path file = tools.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException(file + " can't be made executable");
    }
  }

  Path root() {
    return root;
  }

  void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Lets builds go on only after {@link #release}. */
  void hold() throws IOException {
    Files.createFile(tools.resolve("hold"));
  }

  void release() throws IOException {
    Files.delete(tools.resolve("hold"));
  }

  /** Returns the command lines of the builds so far. */
  List<String> builds() throws IOException {
    Path log = tools.resolve("mvn.log");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  Start start(String... arguments) throws IOException, InterruptedException {
    return begin(arguments).finish();
  }

  /** Starts without the variables that name a folder of the user. */
  Start startWithoutHome(String... arguments) throws IOException, InterruptedException {
    return begin(Map.of("XDG_CACHE_HOME", "", "HOME", ""), arguments).finish();
  }

  Begun begin(String... arguments) throws IOException {
    return begin(Map.of("XDG_CACHE_HOME", tools.resolve("cache").toString()), arguments);
  }

  private Begun begin(Map<String, String> variables, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(root.resolve("intermission").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(tools.toFile());
    builder.environment().put("PATH", tools.resolve("bin") + ":" + System.getenv("PATH"));
    builder.environment().put("JAVA_HOME", tools.resolve("jdk").toString());
    builder.environment().putAll(variables);
    Path errors = Files.createTempFile(tools, "errors", ".txt");
    return new Begun(builder.redirectError(errors.toFile()).start(), errors);
  }

  /** A start of the launcher that goes on. */
  record Begun(Process process, Path errors) {

    String err() throws IOException {
      return Files.readString(errors);
    }

    Start finish() throws IOException, InterruptedException {
      String out = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Start(process.waitFor(), out, err());
    }
  }
}
