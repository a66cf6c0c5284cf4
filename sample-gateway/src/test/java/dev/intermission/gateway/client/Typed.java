package dev.intermission.gateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.gateway.client.output.Screen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;

/**
 * What a command that was typed did.
 *
 * @param code its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record Typed(int code, String out, String err) {

  /** Types a command where there is no terminal, with these variables. */
  static Typed with(Map<String, String> environment, String... words) {
    return at(environment, "", false, words);
  }

  /** Types a command at a terminal, and then this input. */
  static Typed at(
      Map<String, String> environment, String input, boolean terminal, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Screen screen =
        new Screen(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            terminal);
    Client client =
        new Client(environment, screen, Clock.systemUTC(), ZoneId.of("Europe/Istanbul"));
    int code = ClientCommands.run(client, words);
    return new Typed(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** Returns the one object that it wrote. */
  JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out);
  }
}
