package dev.intermission.bench.compare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A server not written in Java, with one worker, that gives the answer that is compared.
 *
 * @param program its executable
 * @param configuration the resource with its configuration
 * @param options what comes before the file of the configuration
 * @param port where it listens
 * @param values what is filled in for names in the configuration
 */
record NativeServer(
    Path program, String configuration, List<String> options, int port, Map<String, String> values)
    implements Contender.Launcher {

  private static final List<String> NGINX = List.of("-c");
  private static final List<String> HAPROXY = List.of("-db", "-f");

  static NativeServer nginx(Path program) {
    return answering(program, "nginx.conf", NGINX, ReceivedAnswer.CLOSED);
  }

  static NativeServer haproxy(Path program) {
    return answering(program, "haproxy.cfg", HAPROXY, ReceivedAnswer.CLOSED);
  }

  /** Returns nginx as an upstream that answers with 200. */
  static NativeServer upstream(Path nginx) {
    return answering(nginx, "nginx.conf", NGINX, 200);
  }

  static NativeServer nginxProxy(Path program, int upstream) {
    return forwarding(program, "nginx-proxy.conf", NGINX, upstream);
  }

  static NativeServer haproxyProxy(Path program, int upstream) {
    return forwarding(program, "haproxy-proxy.cfg", HAPROXY, upstream);
  }

  private static NativeServer answering(
      Path program, String configuration, List<String> options, int status) {
    return new NativeServer(
        program,
        configuration,
        options,
        FreePort.free(),
        Map.of(
            "@STATUS@",
            Integer.toString(status),
            "@TYPE@",
            ReceivedAnswer.CONTENT_TYPE,
            "@BODY@",
            ReceivedAnswer.BODY));
  }

  private static NativeServer forwarding(
      Path program, String configuration, List<String> options, int upstream) {
    return new NativeServer(
        program,
        configuration,
        options,
        FreePort.free(),
        Map.of("@UPSTREAM@", Integer.toString(upstream)));
  }

  @Override
  public Serving launch(Path folder) {
    try {
      Path file = folder.resolve(configuration);
      Files.writeString(file, filledIn(folder));
      List<String> command = new ArrayList<>(List.of(program.toString()));
      command.addAll(options);
      command.add(file.toString());
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("stdout").toFile())
              .start();
      OpenPort.await(process, port, folder);
      return new Serving(program.toString(), process, Routes.url(port));
    } catch (IOException e) {
      throw new CompareException(program + " can't be run: " + e.getMessage(), e);
    }
  }

  private String filledIn(Path folder) throws IOException {
    try (InputStream resource = NativeServer.class.getResourceAsStream(configuration)) {
      String text =
          new String(
                  Objects.requireNonNull(resource, configuration).readAllBytes(),
                  StandardCharsets.UTF_8)
              .replace("@FOLDER@", folder.toString())
              .replace("@PORT@", Integer.toString(port));
      for (Map.Entry<String, String> value : values.entrySet()) {
        text = text.replace(value.getKey(), value.getValue());
      }
      return text;
    }
  }
}
