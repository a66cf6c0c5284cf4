package dev.intermission.gate;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Negotiation as contract section 3 tells it, without regard for time; knows no quoted strings. */
final class NaiveNegotiation {

  private static final Pattern RANGE = Pattern.compile("([abc*])/([abc*])((;[vw]=[12])*)");
  private static final Pattern WEIGHT = Pattern.compile("0(\\.\\d{0,3})?|1(\\.0{0,3})?");

  private NaiveNegotiation() {}

  private record Range(String type, String subtype, Set<String> parameters, BigDecimal weight) {

    boolean matches(String offered) {
      List<String> parts = Arrays.asList(offered.split("[/;]"));
      return (type.equals("*") || type.equals(parts.get(0)))
          && (subtype.equals("*") || subtype.equals(parts.get(1)))
          && parts.subList(2, parts.size()).containsAll(parameters);
    }

    String rank() {
      String level = type.equals("*") ? "0" : subtype.equals("*") ? "1" : "2";
      return level + parameters.size() + weight.setScale(3);
    }
  }

  /** Returns a member of a list, now and then a malformed one. */
  static String member(Random random) {
    String[] names = {"a", "b", "c", "*", "*"};
    String[] weights = {
      "0", "1", "0.5", "0.25", "0.123", "1.000", "0.", "1.1", ".5", "x", "0.1234"
    };
    StringBuilder member =
        new StringBuilder(names[random.nextInt(5)] + "/" + names[random.nextInt(5)]);
    for (String parameter : List.of(";v=1", ";w=2", ";w=1")) {
      if (random.nextInt(5) == 0) {
        member.append(parameter);
      }
    }
    if (random.nextBoolean()) {
      member.append(";q=").append(weights[random.nextInt(weights.length)]);
    }
    return random.nextInt(20) == 0 ? member.substring(1) : member.toString();
  }

  /** Returns which of the offered types is chosen; the first one is the fallback. */
  static String chosen(String accept, List<String> offered) {
    List<Range> ranges = new ArrayList<>();
    for (String member : accept.split(",", -1)) {
      add(member.strip(), ranges);
    }
    String chosen = offered.get(0);
    if (ranges.isEmpty()) {
      return chosen;
    }
    BigDecimal highest = weight(chosen, ranges);
    for (String type : offered) {
      if (weight(type, ranges).compareTo(highest) > 0) {
        highest = weight(type, ranges);
        chosen = type;
      }
    }
    return chosen;
  }

  private static void add(String member, List<Range> ranges) {
    int q = member.indexOf(";q=");
    String weight = q < 0 ? "1" : member.substring(q + 3);
    Matcher range = RANGE.matcher(q < 0 ? member : member.substring(0, q));
    if (!range.matches() || !WEIGHT.matcher(weight).matches()) {
      return;
    }
    if (range.group(1).equals("*") && !range.group(2).equals("*")) {
      return;
    }
    Set<String> parameters = new TreeSet<>(Arrays.asList(range.group(3).split(";")));
    parameters.remove("");
    ranges.add(new Range(range.group(1), range.group(2), parameters, new BigDecimal(weight)));
  }

  private static BigDecimal weight(String type, List<Range> ranges) {
    return ranges.stream()
        .filter(range -> range.matches(type))
        .max((a, b) -> a.rank().compareTo(b.rank()))
        .map(Range::weight)
        .orElse(BigDecimal.ZERO);
  }
}
