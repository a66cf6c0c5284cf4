package dev.intermission.gateway.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.intermission.gateway.RunningGateway;
import dev.intermission.gateway.backends.Program;
import dev.intermission.gateway.config.LogConfig;
import dev.intermission.gateway.demo.DemoUpstream;
import dev.intermission.trafficlog.connection.LogConnection;
import dev.intermission.trafficlog.connection.LogTarget;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that openapi-generator makes of the served OpenAPI file, in programs that carry out a
 * maintenance. The generator comes with the profile {@code slow}.
 */
@Tag("slow")
class GeneratedClientsTest {

  private static final String TYPESCRIPT = "typescript@5.9.3";
  private static final String NODE_TYPES = "@types/node@20.19.25";

  private static final YAMLMapper YAML = new YAMLMapper();

  @TempDir private Path folder;

  private LogConfig logging() {
    return new LogConfig(
        LogConfig.OFF,
        List.of(
            new LogConnection(
                "access-log",
                Set.of(),
                new LogTarget.RollingFile(folder.resolve("traffic.log"), 1, 1, 1))));
  }

  @Test
  void javaClientCarriesOutAMaintenance() throws Exception {
    assertJavaClient(served(), "LifeCycle");
  }

  /** In the published file the trace settings are inside of an object, and nowhere else. */
  @Test
  void javaClientOfThePublishedFormSetsATrace() throws Exception {
    ObjectNode file = (ObjectNode) YAML.readTree(served());
    JsonNode fields = file.at("/components/schemas/TraceSettingsDTO/properties");
    ((ObjectNode) fields).retain("logApiProxy");
    assertJavaClient(YAML.writeValueAsString(file), "PublishedTrace");
  }

  private void assertJavaClient(String file, String program) throws Exception {
    Path client = generate(file, "java", "native", "useJakartaEe=true", "openApiNullable=false");
    Path classes = folder.resolve("classes");
    String classPath = classes + File.pathSeparator + System.getProperty("java.class.path");
    List<String> compiler =
        new ArrayList<>(List.of(java("javac"), "-proc:none", "-nowarn", "-d", classes.toString()));
    compiler.addAll(List.of("-cp", classPath, resource(program + ".java", folder).toString()));
    try (Stream<Path> files = Files.walk(client.resolve("src/main/java"))) {
      files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(compiler::add);
    }
    run(compiler);
    assertLifeCycle(List.of(java("java"), "-cp", classPath, program));
  }

  @Test
  void typeScriptClientCarriesOutAMaintenance() throws Exception {
    Program.need("/usr/bin/npm", "npm");
    generate(served(), "typescript-fetch", "");
    resource("life-cycle.ts", folder);
    run(List.of("npm", "install", "--no-audit", "--no-fund", TYPESCRIPT, NODE_TYPES));
    run(
        List.of(
            "node_modules/.bin/tsc",
            "--strict",
            "--noUncheckedIndexedAccess",
            "--target",
            "es2022",
            "--module",
            "commonjs",
            "--lib",
            "es2022,dom",
            "--outDir",
            "built",
            "life-cycle.ts"));
    assertLifeCycle(List.of("node", "built/life-cycle.js"));
  }

  private String served() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.start(RunningGateway.config(folder.resolve("first")))) {
      return gateway.probe("/apiops/openapi.yaml").body();
    }
  }

  /** Makes a client of a file, and returns its folder. */
  private Path generate(String openApi, String language, String library, String... options)
      throws Exception {
    String generator = System.getProperty("openapi.generator");
    assumeTrue(generator != null, "The profile slow brings the generator along");
    Path file = folder.resolve("openapi.yaml");
    Files.writeString(file, openApi);
    Path client = folder.resolve("generated");
    List<String> command = new ArrayList<>(List.of(java("java"), "-jar"));
    command.addAll(List.of(Objects.requireNonNull(generator), "generate", "-g", language));
    command.addAll(List.of("-i", file.toString(), "-o", client.toString()));
    if (!library.isEmpty()) {
      command.addAll(List.of("--library", library, "--invoker-package", "generated"));
      command.addAll(List.of("--api-package", "generated.api"));
      command.addAll(List.of("--model-package", "generated.model"));
      command.addAll(List.of("--additional-properties", String.join(",", options)));
    }
    run(command);
    return client;
  }

  private void assertLifeCycle(List<String> program) throws Exception {
    try (DemoUpstream upstream = new DemoUpstream(List.of("/api/v1"));
        RunningGateway gateway =
            RunningGateway.start(
                RunningGateway.logging(
                    logging(),
                    RunningGateway.config(
                        folder.resolve("data"),
                        RunningGateway.proxy(
                            "MyAPI", "/api/v1", upstream.address("/api/v1").toString()))))) {
      List<String> command = new ArrayList<>(program);
      command.add("http://127.0.0.1:" + gateway.adminPort());
      command.add("http://127.0.0.1:" + gateway.trafficPort());
      command.add(RunningGateway.ADMIN_TOKEN);
      assertThat(run(command)).contains("The life cycle is complete");
    }
  }

  /** Runs a program in the folder to its end, and returns what it said. */
  private String run(List<String> command) throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "log", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    process.destroyForcibly();
    String said = Files.readString(log);
    assertThat(ended).as("%s ended: %s", command, said).isTrue();
    assertThat(process.exitValue()).as("%s: %s", command, said).isZero();
    return said;
  }

  private static String java(String program) {
    return Path.of(System.getProperty("java.home"), "bin", program).toString();
  }

  private static Path resource(String name, Path folder) throws IOException {
    try (InputStream in = GeneratedClientsTest.class.getResourceAsStream("/clients/" + name)) {
      Path file = folder.resolve(name);
      Files.write(file, Objects.requireNonNull(in, name).readAllBytes());
      return file;
    }
  }
}
