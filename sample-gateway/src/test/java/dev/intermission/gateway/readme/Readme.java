package dev.intermission.gateway.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The fenced blocks of the README. */
final class Readme {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\n(.*?)^```$");

  private Readme() {}

  /** Returns the one block of this language that has this text in it. */
  static String block(String language, String text) throws IOException {
    List<String> found =
        BLOCK
            .matcher(Files.readString(Path.of("..", "README.md")))
            .results()
            .filter(block -> block.group(1).equals(language))
            .map(block -> block.group(2))
            .filter(block -> block.contains(text))
            .toList();
    assertThat(found).as("blocks with '%s'", text).hasSize(1);
    return found.get(0);
  }

  /** A class that the README shows in full. */
  record Example(Class<?> type) {

    /** Compiles the class of this name. */
    static Example compile(String name, Path folder) throws Exception {
      Path source = folder.resolve(name + ".java");
      Files.writeString(source, block("java", "class " + name + " {"));
      int status =
          ToolProvider.getSystemJavaCompiler()
              .run(
                  null,
                  null,
                  null,
                  "-Xlint:all,-processing",
                  "-Werror",
                  "-proc:none",
                  "-cp",
                  System.getProperty("java.class.path"),
                  "-d",
                  folder.toString(),
                  source.toString());
      assertThat(status).as("javac's exit status").isZero();
      URL[] classes = {folder.toUri().toURL()};
      return new Example(
          new URLClassLoader(classes, Readme.class.getClassLoader()).loadClass(name));
    }

    /** Calls the static method of this name. */
    Object call(String name, Object... arguments) throws Exception {
      var method =
          Stream.of(type.getDeclaredMethods())
              .filter(each -> each.getName().equals(name))
              .findFirst()
              .orElseThrow();
      method.setAccessible(true);
      try {
        return method.invoke(null, arguments);
      } catch (InvocationTargetException e) {
        throw new AssertionError(name + " failed", e.getCause());
      }
    }
  }

  /** Returns a URL of this machine. */
  static URI here(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
