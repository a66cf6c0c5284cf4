package dev.intermission.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A secret that a process was given: in a variable, or in the file that the variable with {@code
 * _FILE} at its end names. A final line break is not part of the secret.
 *
 * @param variable the variable that the secret comes from
 * @param value the secret
 */
public record SecretVariable(String variable, String value) {

  private static final String FILE = "_FILE";
  private static final int MAX_BYTES = 1 << 16;

  /**
   * Reads a secret.
   *
   * @param environment the variables of the process; an empty value counts as absent
   * @param name the variable's name, without {@code _FILE}
   * @return the secret, or null if neither variable is set
   * @throws IllegalArgumentException if both variables are set, the file can't be read, or the
   *     secret is empty or has control characters; the message names the variable and never holds
   *     the value
   */
  public static @Nullable SecretVariable read(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "");
    String file = environment.getOrDefault(name + FILE, "");
    if (!value.isEmpty() && !file.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s and %s are both set; set one of them", name, name + FILE));
    }
    if (!file.isEmpty()) {
      return of(name + FILE, text(name + FILE, file));
    }
    return value.isEmpty() ? null : of(name, value);
  }

  private static SecretVariable of(String variable, String text) {
    String value = text.replaceFirst("\\r?\\n\\z", "");
    for (int i = 0; i < value.length(); i++) {
      if (Character.isISOControl(value.charAt(i))) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s has the control character U+%04X at index %d, which is not allowed; a final line break alone is taken off",
                variable,
                (int) value.charAt(i),
                i));
      }
    }
    if (value.isEmpty()) {
      throw new IllegalArgumentException(variable + " holds nothing but a line break");
    }
    return new SecretVariable(variable, value);
  }

  private static String text(String variable, String file) {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length == 0 || bytes.length > MAX_BYTES) {
        throw unusable(variable, file, "is empty or has more than " + MAX_BYTES + " bytes", null);
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IOException e) {
      throw unusable(variable, file, FileFault.of(e), e);
    } catch (InvalidPathException e) {
      throw unusable(variable, file, "can't be read: its name is not allowed here", e);
    }
  }

  /**
   * Names the file only if its name looks like a path: an operator who confuses the two variables
   * writes the secret itself there.
   */
  private static IllegalArgumentException unusable(
      String variable, String file, String fault, @Nullable Exception cause) {
    String name = file.contains("/") ? " " + file : "";
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "The file%s that %s names %s", name, variable, fault), cause);
  }

  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "SecretVariable[" + variable + "]";
  }
}
