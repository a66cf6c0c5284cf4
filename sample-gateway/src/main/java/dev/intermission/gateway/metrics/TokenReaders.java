package dev.intermission.gateway.metrics;

import dev.intermission.admin.access.AccessTokens;
import dev.intermission.admin.access.TokenCheck;
import dev.intermission.api.store.StoreUnavailableException;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;

/**
 * Lets users read the meters who have a valid token, whatever their rights are: {@code
 * Authorization: Bearer} and the token.
 */
public record TokenReaders(AccessTokens tokens) implements MetricsPage.Access {

  private static final String SCHEME = "Bearer ";

  @Override
  public int check(Request request) {
    List<String> fields = request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION);
    String field = fields.size() == 1 ? fields.get(0) : "";
    if (!field.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return HttpStatus.UNAUTHORIZED_401;
    }
    try {
      return tokens.check(field.substring(SCHEME.length()).strip()) instanceof TokenCheck.Accepted
          ? HttpStatus.OK_200
          : HttpStatus.UNAUTHORIZED_401;
    } catch (StoreUnavailableException e) {
      return HttpStatus.SERVICE_UNAVAILABLE_503;
    }
  }
}
