package dev.intermission.gateway.command;

import dev.intermission.admin.access.AccessTokens;
import dev.intermission.api.store.AccessToken;
import dev.intermission.store.JdbcStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes, lists and revokes personal access tokens, also while the gateway runs. */
@Command(
    name = "token",
    description = "Makes, lists and revokes personal access tokens, also while the gateway runs.")
final class Token {

  private static final String ROW = "%-18s %-20s %-22s %-22s %s";

  private final Terminal terminal;
  private final Clock clock = Clock.systemUTC();

  @Spec CommandSpec spec = CommandSpec.create();

  Token(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(
      name = "create",
      description = "Makes a token for a user and prints it; it can't be shown again.")
  int create(
      @Option(
              names = "--user",
              required = true,
              paramLabel = "NAME",
              description = "The user whose rights the token has.")
          String user,
      @Option(
              names = "--expires",
              paramLabel = "TIME",
              description =
                  "How long it is valid, such as 12h or 30d; without this option it does not expire.")
          @Nullable Duration lifetime) {
    try (JdbcStore store = store()) {
      AccessTokens.Issued issued = new AccessTokens(store.tokens(), clock).create(user, lifetime);
      terminal.print(issued.secret());
      Instant expires = issued.token().expires();
      terminal.tell(
          String.format(
              Locale.ROOT,
              "Token %s of %s, %s",
              issued.token().id(),
              user,
              expires == null ? "good until it is revoked" : "good until " + time(expires)));
      return 0;
    }
  }

  @Command(
      name = "list",
      description = "Lists the tokens, the newest first, without their secrets.")
  int list() {
    try (JdbcStore store = store()) {
      terminal.print(String.format(Locale.ROOT, ROW, "ID", "USER", "CREATED", "EXPIRES", "STATE"));
      for (AccessToken token : new AccessTokens(store.tokens(), clock).list()) {
        Instant expires = token.expires();
        terminal.print(
            String.format(
                Locale.ROOT,
                ROW,
                token.id(),
                token.username(),
                time(token.created()),
                expires == null ? "never" : time(expires),
                state(token)));
      }
      return 0;
    }
  }

  @Command(name = "revoke", description = "Revokes a token permanently.")
  int revoke(
      @Parameters(paramLabel = "ID", description = "The token's id, as 'token list' shows it.")
          String id) {
    try (JdbcStore store = store()) {
      if (!new AccessTokens(store.tokens(), clock).revoke(id)) {
        throw new IllegalArgumentException(
            "There is no token '"
                + id
                + "' that could be revoked; 'token list' shows those that there are");
      }
      terminal.print("Token " + id + " is revoked");
      return 0;
    }
  }

  private JdbcStore store() {
    return GivenStore.open(KeyOptions.given(spec.commandLine().getParseResult().subcommand()));
  }

  private String state(AccessToken token) {
    if (token.revoked() != null) {
      return "revoked";
    }
    Instant expires = token.expires();
    return expires != null && !clock.instant().isBefore(expires) ? "expired" : "good";
  }

  private static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
