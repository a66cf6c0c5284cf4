package dev.intermission.gateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.RoutingAddress;
import dev.intermission.gateway.RunningGateway;
import dev.intermission.gateway.client.output.Screen;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The transcript in {@code docs/one-night.md} is what the commands in it print, at the times that
 * its comments say. Maven's option {@code -DwriteTexts} writes it anew.
 */
class OneNightTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "one-night.md");
  private static final Pattern PART =
      Pattern.compile("(?s)(?<=<!-- )(\\S+)(?= -->)|(?<=```console\n).*?(?=```)");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  /** What is made at random, each kind with the beginning of the text that stands for it. */
  private static final Map<String, Pattern> RANDOM =
      Map.of(
          "OPERATION-", Pattern.compile("(?<=intermission undo )[0-9A-Za-z_-]+"),
          "imb_SECRET-", Pattern.compile("imb_[0-9A-Za-z_-]+"),
          "TOKEN-", Pattern.compile("(?<=Token )[0-9A-Za-z_-]+(?= lets)"));

  private final Path folder;
  private final Map<String, String> placeholders = new LinkedHashMap<>();
  private Instant now = Instant.EPOCH;

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          throw new UnsupportedOperationException("instants have no zone");
        }
      };

  OneNightTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void transcriptIsWhatTheCommandsPrint() throws Exception {
    String text = Files.readString(DOCUMENT);
    StringBuilder played = new StringBuilder();
    Matcher part = PART.matcher(text);
    assertThat(part.find()).isTrue();
    now = Instant.parse(part.group());
    part.reset();
    try (RunningGateway gateway =
        RunningGateway.start(
            RunningGateway.named(
                "gateway-1",
                RunningGateway.config(
                    folder.resolve("data"),
                    proxy("invoices", "db-orders"),
                    proxy("orders", "db-orders"),
                    proxy("search", "search"))),
            clock)) {
      Map<String, String> environment = environment(gateway);
      while (part.find()) {
        if (part.group(1) != null) {
          now = Instant.parse(part.group(1));
        } else {
          part.appendReplacement(played, Matcher.quoteReplacement(play(part.group(), environment)));
        }
      }
    }
    part.appendTail(played);
    if (Boolean.getBoolean("writeTexts")) {
      Files.writeString(DOCUMENT, played.toString());
    }
    assertThat(DOCUMENT).content().isEqualTo(played.toString());
  }

  private static ApiProxy proxy(String name, String category) {
    ApiProxy proxy =
        ApiProxy.of(
            new ProxyId("Shop", name),
            "/" + name,
            new RoutingAddress(URI.create("http://127.0.0.1:1"), 1, false));
    return new ApiProxy(
        proxy.id(),
        proxy.description(),
        proxy.type(),
        proxy.relativePathList(),
        proxy.hostList(),
        proxy.routing(),
        List.of(category),
        proxy.sharingType(),
        proxy.soapToRest());
  }

  private Map<String, String> environment(RunningGateway gateway) {
    Map<String, String> environment =
        Map.of(
            "XDG_CONFIG_HOME",
            folder.resolve("config").toString(),
            "INTERMISSION_CALLED",
            "./intermission");
    Typed added =
        Typed.at(
            environment,
            RunningGateway.ADMIN_TOKEN,
            false,
            "context",
            "add",
            "shop",
            "--url",
            "http://127.0.0.1:" + gateway.adminPort());
    assertThat(added.code()).isZero();
    return environment;
  }

  /** Runs the commands of a block, and returns the block as it should be. */
  private String play(String block, Map<String, String> environment) {
    StringBuilder played = new StringBuilder();
    block
        .lines()
        .filter(line -> line.startsWith("$ ./intermission "))
        .forEach(
            line -> {
              played.append(played.isEmpty() ? "" : "\n").append(line).append('\n');
              played.append(run(words(line.substring("$ ./intermission ".length())), environment));
            });
    return played.toString();
  }

  private List<String> words(String line) {
    String real = line;
    for (Map.Entry<String, String> placeholder : placeholders.entrySet()) {
      real = real.replace(placeholder.getValue(), placeholder.getKey());
    }
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(real);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    return words;
  }

  private String run(List<String> words, Map<String, String> environment) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, UTF_8);
    Screen screen = new Screen(InputStream.nullInputStream(), out, out, false);
    Client client = new Client(environment, screen, clock, ZoneId.of("Europe/Istanbul"));
    int code = ClientCommands.run(client, words.toArray(String[]::new));
    String printed = bytes.toString(UTF_8);
    assertThat(code).as(printed).isZero();
    for (Map.Entry<String, Pattern> random : RANDOM.entrySet()) {
      Matcher made = random.getValue().matcher(printed);
      while (made.find()) {
        long former =
            placeholders.values().stream().filter(text -> text.startsWith(random.getKey())).count();
        placeholders.putIfAbsent(made.group(), random.getKey() + (former + 1));
      }
    }
    for (Map.Entry<String, String> placeholder : placeholders.entrySet()) {
      printed = printed.replace(placeholder.getKey(), placeholder.getValue());
    }
    return printed;
  }
}
