package dev.intermission.gateway.backends;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One of the ports of a program. */
record ProgramBackend(String name, int port, Program program) implements RealBackend {

  /** nginx, which merges empty segments at one port and keeps them at the other. */
  static List<RealBackend> nginx(Path folder) throws IOException, InterruptedException {
    Program.need("/usr/sbin/nginx", "nginx-light");
    int merging = Program.freePort();
    int keeping = Program.freePort();
    Path config = Program.resource("nginx.conf", folder);
    Files.writeString(
        config,
        Files.readString(config)
            .replace("@folder@", folder.toString())
            .replace("@merging@", Integer.toString(merging))
            .replace("@keeping@", Integer.toString(keeping)));
    Program program =
        Program.start(
            folder.resolve("nginx.log"),
            List.of(merging, keeping),
            "/usr/sbin/nginx",
            "-p",
            folder.toString(),
            "-c",
            config.toString());
    return List.of(
        new ProgramBackend("nginx-merging", merging, program),
        new ProgramBackend("nginx-keeping", keeping, program));
  }

  /** Node, with three ways to come from a target to a path that are usual there. */
  static List<RealBackend> node(Path folder) throws IOException, InterruptedException {
    Program.need("/usr/bin/node", "nodejs");
    int normalize = Program.freePort();
    int express = Program.freePort();
    int url = Program.freePort();
    Program program =
        Program.start(
            folder.resolve("node.log"),
            List.of(normalize, express, url),
            "/usr/bin/node",
            Program.resource("server.js", folder).toString(),
            Integer.toString(normalize),
            Integer.toString(express),
            Integer.toString(url));
    return List.of(
        new ProgramBackend("node-normalize", normalize, program),
        new ProgramBackend("node-express", express, program),
        new ProgramBackend("node-url", url, program));
  }

  /** Flask, whose router is Werkzeug's. */
  static List<RealBackend> flask(Path folder) throws IOException, InterruptedException {
    Program.need("/usr/bin/flask", "python3-flask");
    int port = Program.freePort();
    Program program =
        Program.start(
            folder.resolve("flask.log"),
            List.of(port),
            "/usr/bin/python3",
            Program.resource("server.py", folder).toString(),
            Integer.toString(port));
    return List.of(new ProgramBackend("werkzeug", port, program));
  }

  @Override
  public void close() {
    program.close();
  }
}
