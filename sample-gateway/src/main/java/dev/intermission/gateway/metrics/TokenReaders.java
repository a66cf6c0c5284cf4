package dev.intermission.gateway.metrics;

import dev.intermission.admin.access.AccessTokens;
import dev.intermission.admin.access.Admission;
import dev.intermission.admin.access.TokenCheck;
import dev.intermission.admin.http.Refusal;
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

  @Override
  public int check(Request request) {
    List<String> fields = request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION);
    try {
      return tokens.check(Admission.bearerToken(fields)) instanceof TokenCheck.Accepted
          ? HttpStatus.OK_200
          : HttpStatus.UNAUTHORIZED_401;
    } catch (Refusal e) {
      return HttpStatus.UNAUTHORIZED_401;
    } catch (StoreUnavailableException e) {
      return HttpStatus.SERVICE_UNAVAILABLE_503;
    }
  }
}
