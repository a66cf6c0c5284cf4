package dev.intermission.admin.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.password4j.BcryptFunction;
import com.password4j.types.Bcrypt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Client secrets as bcrypt hashes. Bcrypt, and not a hash that also takes memory, because the check
 * runs beside the traffic in one heap; other tools make and read its hashes too.
 */
public final class ClientSecret {

  /** The most bytes, in UTF-8, that bcrypt looks at; a longer secret is refused, not cut. */
  public static final int MAX_BYTES = 72;

  private static final int COST = 12;
  private static final Pattern HASH = Pattern.compile("\\$2[aby]\\$1[0-6]\\$[./A-Za-z0-9]{53}");

  /** The hash of a secret that nobody knows; it is checked if there is no such user. */
  private static final String NOBODY =
      "$2b$12$bsFOg60.UFL6pQYMYR05T.8NhkRlVMO3QOIFG80t2NpVvWTpqeUQa";

  private ClientSecret() {}

  /**
   * Returns a new salted hash of the secret; takes some tenths of a second.
   *
   * @throws IllegalArgumentException if the secret is empty or has more than {@value #MAX_BYTES}
   *     bytes in UTF-8
   */
  public static String hash(String secret) {
    int bytes = secret.getBytes(UTF_8).length;
    if (bytes == 0 || bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "The secret has " + bytes + " bytes in UTF-8, allowed are 1 to " + MAX_BYTES);
    }
    return BcryptFunction.getInstance(Bcrypt.B, COST).hash(secret).getResult();
  }

  /** Returns whether the text is a bcrypt hash of the forms 2a, 2b, 2y and of a cost 10 to 16. */
  public static boolean isHash(String text) {
    return HASH.matcher(text).matches();
  }

  /**
   * Returns whether the hash belongs to the secret. Without a hash the check takes as long as with
   * one that {@link #hash} made.
   *
   * @throws IllegalArgumentException if {@link #isHash} does not accept the hash
   */
  static boolean matches(String secret, @Nullable String hash) {
    if (hash != null && !isHash(hash)) {
      throw new IllegalArgumentException("The user's password hash is not a bcrypt hash");
    }
    boolean possible = hash != null && secret.getBytes(UTF_8).length <= MAX_BYTES;
    String checked = possible ? hash : NOBODY;
    return BcryptFunction.getInstanceFromHash(checked).check(secret, checked) && possible;
  }
}
