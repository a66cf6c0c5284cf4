package dev.intermission.gateway.command;

import dev.intermission.api.TokenText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that a process is given: the one place that reads them. Each is in a variable, or in
 * the file that the variable with {@code _FILE} at its end names. A final line break is not a part
 * of it. What is refused is told with the variable's name and never with the value, by an {@link
 * IllegalArgumentException}. An empty variable says nothing.
 */
public final class Secrets {

  /** The least number of characters of a token that an operator chooses for {@code admin}. */
  static final int SHORTEST_ADMIN_TOKEN = 32;

  private static final String ADMIN_TOKEN = Variables.PREFIX + "ADMIN_TOKEN";
  private static final String FEED_TOKEN = Variables.PREFIX + "FEED_TOKEN";
  private static final String DATABASE = Variables.PREFIX + "DATABASE";
  private static final String FILE = "_FILE";
  private static final int MAX_BYTES = 1 << 16;

  private final Map<String, String> environment;

  /** Reads from the variables of a process. */
  public Secrets(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** A secret, and the variable that it is from. */
  private record Secret(String variable, String value) {

    /** Leaves the value out. */
    @Override
    public String toString() {
      return "Secret[" + variable + "]";
    }
  }

  /**
   * Returns the token that the user admin is to have, or null where one is to be made.
   *
   * @throws IllegalArgumentException if it can't be a token, or is shorter than 32 characters
   */
  public @Nullable String adminToken() {
    Secret secret = token(ADMIN_TOKEN);
    if (secret == null) {
      return null;
    }
    if (secret.value().length() < SHORTEST_ADMIN_TOKEN) {
      throw new IllegalArgumentException(
          "%s has %d characters, allowed are %d or more; 'openssl rand -hex 32' prints a good one"
              .formatted(secret.variable(), secret.value().length(), SHORTEST_ADMIN_TOKEN));
    }
    return secret.value();
  }

  /**
   * Returns the token with which the feed is followed, or null where there is none.
   *
   * @throws IllegalArgumentException if it can't be a token
   */
  @Nullable String feedToken() {
    Secret secret = token(FEED_TOKEN);
    return secret == null ? null : secret.value();
  }

  /** Returns the URL of the database, which may hold its password, or null where none is given. */
  @Nullable String database() {
    Secret secret = read(DATABASE);
    return secret == null ? null : secret.value();
  }

  private @Nullable Secret token(String name) {
    Secret secret = read(name);
    if (secret != null) {
      try {
        TokenText.require(secret.value());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(secret.variable() + ": " + e.getMessage(), e);
      }
    }
    return secret;
  }

  private @Nullable Secret read(String name) {
    String value = environment.getOrDefault(name, "");
    String file = environment.getOrDefault(name + FILE, "");
    if (!value.isEmpty() && !file.isEmpty()) {
      throw new IllegalArgumentException(
          "%s and %s are both set; set one of them".formatted(name, name + FILE));
    }
    if (!file.isEmpty()) {
      return secret(name + FILE, text(name + FILE, file));
    }
    return value.isEmpty() ? null : secret(name, value);
  }

  private static Secret secret(String variable, String text) {
    String value = text.replaceFirst("\\r?\\n\\z", "");
    for (int i = 0; i < value.length(); i++) {
      if (Character.isISOControl(value.charAt(i))) {
        throw new IllegalArgumentException(
            "%s has the control character U+%04X at index %d, which is not allowed; a final line break alone is taken off"
                .formatted(variable, (int) value.charAt(i), i));
      }
    }
    if (value.isEmpty()) {
      throw new IllegalArgumentException(variable + " holds nothing but a line break");
    }
    return new Secret(variable, value);
  }

  private static String text(String variable, String file) {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length == 0 || bytes.length > MAX_BYTES) {
        throw unusable(variable, file, "is empty or has more than " + MAX_BYTES + " bytes", null);
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw unusable(variable, file, "is not UTF-8", e);
    } catch (IOException | InvalidPathException e) {
      throw unusable(variable, file, "can't be read (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  /**
   * Names no file that doesn't look like one: who mixes up the variables wrote the secret there.
   */
  private static IllegalArgumentException unusable(
      String variable, String file, String fault, @Nullable Exception cause) {
    String name = file.contains("/") ? " " + file : "";
    return new IllegalArgumentException(
        "The file%s that %s names %s".formatted(name, variable, fault), cause);
  }
}
