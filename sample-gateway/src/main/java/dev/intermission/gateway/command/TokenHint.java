package dev.intermission.gateway.command;

import dev.intermission.api.User;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.config.Given;
import dev.intermission.gateway.config.Key;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says how the first token of a store is made. */
final class TokenHint {

  private TokenHint() {}

  static String of(GatewayConfig config, Given given) {
    Optional<User> user =
        config.catalog().users().stream()
            .min(
                Comparator.comparing((User one) -> !one.systemAdministrator())
                    .thenComparing(User::name));
    if (user.isEmpty()) {
      return "Nobody can use the management API yet: the configuration has no users. Add one, and make a token with './intermission token create'";
    }
    String options =
        KeyOptions.STORE.stream()
            .filter(key -> given.text(key) != null && !isVariable(given, key))
            .map(key -> " " + key.option() + " " + quoted(given.text(key)))
            .collect(Collectors.joining());
    String variables =
        KeyOptions.STORE.stream()
            .filter(key -> isVariable(given, key))
            .map(Key::variable)
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "Nobody has a token for the management API yet; this makes one%s:%n  ./intermission token create --user %s%s",
        variables.isEmpty() ? "" : ", with " + variables + " set as it is here",
        quoted(user.get().name()),
        options);
  }

  private static boolean isVariable(Given given, Key key) {
    Given.Value value = given.values().get(key);
    return value != null && value.variable() != null;
  }

  private static String quoted(@Nullable String word) {
    String text = String.valueOf(word);
    return text.matches("[A-Za-z0-9_./:=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
