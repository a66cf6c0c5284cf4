package dev.intermission.gate;

import dev.intermission.api.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A request without a server. */
public record TestHead(
    String method, @Nullable String query, @Nullable IpAddress address, List<String> lines)
    implements RequestHead {

  /** Returns a request from nowhere with these field lines. */
  public static TestHead of(String method, String... lines) {
    return new TestHead(method, null, null, List.of(lines));
  }

  /** Returns a request from an address with these field lines. */
  static TestHead from(String address, String... lines) {
    return new TestHead("GET", null, IpAddress.parse(address), List.of(lines));
  }

  TestHead withQuery(String other) {
    return new TestHead(method, other, address, lines);
  }

  @Override
  public @Nullable String contentType() {
    return field("Content-Type");
  }

  @Override
  public @Nullable String field(String name) {
    List<String> values = new ArrayList<>();
    eachField(
        (other, value) -> {
          if (other.equalsIgnoreCase(name)) {
            values.add(value);
          }
        });
    return values.isEmpty() ? null : String.join(", ", values);
  }

  @Override
  public void eachField(BiConsumer<String, String> reader) {
    for (String line : lines) {
      int colon = line.indexOf(':');
      reader.accept(line.substring(0, colon), line.substring(colon + 1).strip());
    }
  }
}
