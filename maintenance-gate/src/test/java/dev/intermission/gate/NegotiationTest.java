package dev.intermission.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.ContentType;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.Variant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which form an Accept field chooses. */
class NegotiationTest {

  private static final String FALLBACK = "application/json";

  private static RequestHead head(@Nullable String accept) {
    return accept == null ? TestHead.of("GET") : TestHead.of("GET", "Accept: " + accept);
  }

  private static Answer answer(String fallback, String... variants) {
    MaintenanceSettings settings =
        new MaintenanceSettings(true, 503, ContentType.parse(fallback), "")
            .withVariants(
                Arrays.stream(variants)
                    .map(type -> new Variant(ContentType.parse(type), "", null))
                    .toList());
    return AnswerFactory.of(settings, new SharedSecond());
  }

  private static String chosen(@Nullable String accept, String fallback, String... variants) {
    return answer(fallback, variants).to(head(accept)).contentType();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          text/html                                  | text/html
          TEXT/Html                                  | text/html
          text/plain                                 | text/plain
          text/*                                     | text/html
          text/*, text/html;q=0.5                    | text/plain
          text/*;q=0.2, text/plain;q=0.3             | text/plain
          */*                                        | application/json
          */*;q=0.1                                  | application/json
          text/html, */*                             | application/json
          text/html, */*;q=0.999                     | text/html
          text/html;q=0.8, application/json;q=0.8    | application/json
          text/plain;q=0.8, text/html;q=0.8          | text/html
          text/html;q=0.001, application/json;q=0    | text/html
          */*, application/json;q=0                  | text/html
          */*, application/*;q=0, text/html;q=0      | text/plain
          image/png, audio/*                         | application/json
          */*;q=0                                    | application/json
          text/html;q=0                              | application/json
          text/html;q=0, text/html                   | text/html
          text/html;Q=0.5,text/plain                 | text/plain
          text/html;q=1.000,text/plain;q=0.9         | text/html
          text/html;q=1.,text/plain;q=0.9            | text/html
          text/html;q=0.,text/plain;q=0.9            | text/plain
          ,, text/html ,                             | text/html
          `text/plain \t;\tq=0.5 , text/html;q=0.4`  | text/plain
          text/html;;, text/plain;q=0.5              | text/html
          text/html;q=0.5;level=1, text/plain;q=0.4  | text/plain
          text/htmlx, xtext/html, text/htm           | application/json
          application/xhtml+xml                      | application/json
          """)
  void mostSpecificRangeGivesTheWeight(String accept, String type) {
    assertThat(chosen(accept, FALLBACK, "text/html", "text/plain")).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          text/html;q=.5, text/plain;q=0.1           | text/plain
          text/html;q=1.001, text/plain;q=0.1        | text/plain
          text/html;q=1.5, text/plain;q=0.1          | text/plain
          text/html;q=2, text/plain;q=0.1            | text/plain
          text/html;q=-1, text/plain;q=0.1           | text/plain
          text/html;q=0.1234, text/plain;q=0.1       | text/plain
          text/html;q=0x1, text/plain;q=0.1          | text/plain
          text/html;q=, text/plain;q=0.1             | text/plain
          text/html;q, text/plain;q=0.1              | text/plain
          text/html;q="", text/plain;q=0.1           | text/plain
          text/html;Q="1", text/plain;q=0.1          | text/plain
          text/html;q = 1, text/plain;q=0.1          | text/plain
          text/html;q=1;q=1, text/plain;q=0.1        | text/plain
          text/html;a=`x, text/plain;q=0.1           | text/plain
          text/html;a="x, text/plain;q=0.1           | application/json
          text/html;a="x, text/html", text/plain     | text/plain
          text /html, text/plain;q=0.1               | text/plain
          text/html x, text/plain;q=0.1              | text/plain
          text/html/x, text/plain;q=0.1              | text/plain
          text, text/plain;q=0.1                     | text/plain
          text/, text/plain;q=0.1                    | text/plain
          /html, text/plain;q=0.1                    | text/plain
          */html, text/plain;q=0.1                   | text/plain
          *, text/plain;q=0.1                        | text/plain
          tex\u00e4/html, text/plain;q=0.1           | text/plain
          text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2 | text/html
          """)
  void malformedMemberIsSkipped(String accept, String type) {
    assertThat(chosen(accept, FALLBACK, "text/html", "text/plain")).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", ";", "text/html;q=x", "*", "\"", "a\"", "\\", "=;/,\"\\"})
  void whatHasNothingWellFormedCountsAsAbsent(String accept) {
    assertThat(chosen(accept, FALLBACK, "text/html")).isEqualTo(FALLBACK);
    assertThat(chosen(null, FALLBACK, "text/html")).isEqualTo(FALLBACK);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a/b                                        | a/b
          a/b;v=1                                    | a/b;v=1
          a/b;v="1"                                  | a/b;v=1
          a/b;V=1;q=0.5                              | a/b;v=1
          a/b;q=0.5;v=1                              | a/b;v=1
          a/b;v=2                                    | a/b; V="2"; W=x
          a/b;w=x;v=2                                | a/b; V="2"; W=x
          a/b;w=X                                    | c/d
          a/b;v=3                                    | c/d
          a/b;v=1;q=0.4, a/b;q=0.5                   | a/b
          a/b;q=0.4, a/b;v=1;q=0.5                   | a/b;v=1
          a/b;v=2, a/b;v=2;w=x;q=0.1, a/b;q=0.2      | a/b
          a/*;v=1                                    | a/b;v=1
          */*;v=1                                    | a/b;v=1
          a/*;v=1;q=0.1, a/b;q=0.2                   | a/b
          a/b;charset=utf-8                          | a/b
          a/b;Charset="UTF8"                         | a/b
          a/b;charset=latin1                         | a/b;charset=ISO-8859-1
          a/b;charset=iso-8859-1;q=0.5               | a/b;charset=ISO-8859-1
          a/b;charset=nonsense                       | c/d
          c/d;charset=utf-8                          | c/d
          """)
  void parametersMustAllBeThere(String accept, String type) {
    String[] variants = {"a/b", "a/b;v=1", "a/b; V=\"2\"; W=x", "a/b;charset=ISO-8859-1"};
    assertThat(chosen(accept, "c/d", variants)).isEqualTo(type);
  }

  /** Compares with the rules told in the plainest way. */
  @Test
  void anyFieldChoosesAsTheRulesSay() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String[] types = {"a/b", "a/c", "a/b;v=1", "a/b;v=1;w=2", "b/c", "b/c;v=1"};
    for (int round = 0; round < 50_000; round++) {
      List<String> offered =
          random.ints(0, types.length).distinct().limit(4).mapToObj(i -> types[i]).toList();
      String accept =
          IntStream.range(0, random.nextInt(5))
              .mapToObj(i -> NaiveNegotiation.member(random))
              .collect(Collectors.joining(random.nextBoolean() ? "," : " , "));
      String[] variants = offered.subList(1, offered.size()).toArray(String[]::new);
      assertThat(chosen(accept, offered.get(0), variants))
          .as("seed %s, round %s: %s among %s", seed, round, accept, offered)
          .isEqualTo(NaiveNegotiation.chosen(accept, offered));
    }
  }

  @Test
  void weightCountsTheVariants() {
    MaintenanceSettings settings =
        new MaintenanceSettings(true, 503, ContentType.parse(FALLBACK), "");
    Variant large = new Variant(ContentType.parse("text/html"), "x".repeat(10_000), null);
    int plain = AnswerFactory.of(settings, new SharedSecond()).weight();
    int all = AnswerFactory.of(settings.withVariants(List.of(large)), new SharedSecond()).weight();
    assertThat(all).isGreaterThan(plain + 10_000);
  }
}
