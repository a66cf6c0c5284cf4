package dev.intermission.bench.compare;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An external program that sends the load and reports how many requests were answered.
 *
 * @param name what it is called in the heading of tables
 * @param command how it is run; {@value #SECONDS} and {@value #URL} are filled in
 * @param result finds the number of requests and the requests a second in its output
 * @param trouble finds what must not be in its output
 */
record Driver(String name, List<String> command, Pattern result, Pattern trouble) {

  static final String SECONDS = "@SECONDS@";
  static final String URL = "@URL@";

  /**
   * The number of answers.
   *
   * @param perSecond answers a second
   */
  record Answered(long requests, double perSecond) {}

  /**
   * Returns wrk if it is installed, otherwise our own generator.
   *
   * @param told is told if wrk is not installed
   */
  static Driver installed(int connections, Consumer<String> told) {
    Optional<Path> wrk = Programs.find("wrk");
    if (wrk.isPresent()) {
      return wrk(wrk.get(), connections);
    }
    told.accept(
        "wrk is not installed, 'intermission load' takes its place; on Debian: apt-get install"
            + " wrk");
    return own(connections);
  }

  static Driver wrk(Path program, int connections) {
    return new Driver(
        "wrk " + Programs.version(program),
        List.of(
            program.toString(),
            "--threads=1",
            "--connections=" + connections,
            "--duration=" + SECONDS,
            URL),
        Pattern.compile("(?s)([0-9]+) requests in .*Requests/sec:\\s+([0-9.]+)"),
        Pattern.compile("Socket errors: (?!connect 0, read 0, write 0,).*|unable to connect.*"));
  }

  /** Our own generator, in a JVM of this version. */
  static Driver own(int connections) {
    return new Driver(
        "intermission load",
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.intermission.load.LoadMain",
            "--connections=" + connections,
            "--warmup=0s",
            "--duration=" + SECONDS,
            "--url=" + URL,
            "--max-errors=0"),
        Pattern.compile("(?m)^all +([0-9,]+) +([0-9,]+) "),
        Pattern.compile("(?m)^MISSED .*|^intermission load: .*"));
  }

  /** Returns the driver whose requests have these fields too, each {@code Name: value}. */
  Driver withFields(List<String> fields) {
    List<String> more = new ArrayList<>(command);
    fields.forEach(field -> more.add("--header=" + field));
    return new Driver(name, more, result, trouble);
  }

  Answered run(URI url, int seconds) throws InterruptedException {
    List<String> filled = new ArrayList<>();
    for (String word : command) {
      filled.add(word.replace(SECONDS, seconds + "s").replace(URL, url.toString()));
    }
    try {
      Process process = new ProcessBuilder(filled).redirectErrorStream(true).start();
      String output;
      try {
        output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
      } finally {
        process.destroy();
      }
      return parse(output);
    } catch (IOException e) {
      throw new CompareException(name + " can't be run: " + e.getMessage(), e);
    }
  }

  Answered parse(String output) {
    Matcher wrong = trouble.matcher(output);
    if (wrong.find()) {
      throw new CompareException(name + ": " + wrong.group());
    }
    Matcher matcher = result.matcher(output);
    if (!matcher.find()) {
      throw new CompareException(
          String.format(Locale.ROOT, "%s said nothing to be counted:%n%s", name, output));
    }
    return new Answered(
        Long.parseLong(matcher.group(1).replace(",", "")),
        Double.parseDouble(matcher.group(2).replace(",", "")));
  }
}
