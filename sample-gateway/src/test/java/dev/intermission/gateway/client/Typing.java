package dev.intermission.gateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.intermission.gateway.client.output.Screen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A command that was typed and runs until it ends by itself, in a thread of this process. */
final class Typing {

  private static final Duration LONG = Duration.ofSeconds(60);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final FutureTask<Integer> task;
  private final Thread thread;

  private Typing(Map<String, String> environment, String input, boolean terminal, String[] words) {
    Screen screen =
        new Screen(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            terminal);
    Client client = new Client(environment, screen, Clock.systemUTC(), ZoneOffset.UTC);
    task = new FutureTask<>(() -> ClientCommands.run(client, words));
    thread = new Thread(task, "typing");
    thread.setDaemon(true);
  }

  /** Types it where there is no terminal. */
  static Typing of(Map<String, String> environment, String... words) {
    Typing typing = new Typing(environment, "", false, words);
    typing.thread.start();
    return typing;
  }

  String out() {
    return out.toString(UTF_8);
  }

  String err() {
    return err.toString(UTF_8);
  }

  void awaitOut(String text) {
    await().atMost(LONG).until(() -> out().contains(text) || task.isDone());
  }

  void awaitErr(String text) {
    await().atMost(LONG).until(() -> err().contains(text) || task.isDone());
  }

  /** Lets it end as it does on Ctrl-C, and returns what it did. */
  Typed interrupted() throws Exception {
    thread.interrupt();
    return ended();
  }

  boolean isEnded() {
    return task.isDone();
  }

  /** Waits for its end, and returns what it did. */
  Typed ended() throws Exception {
    return new Typed(task.get(LONG.toSeconds(), TimeUnit.SECONDS), out(), err());
  }
}
