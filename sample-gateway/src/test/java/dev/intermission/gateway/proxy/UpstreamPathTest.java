package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.RoutingAddress;
import dev.intermission.gate.RequestPath;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpstreamPathTest {

  private static ApiProxy proxy(String... paths) {
    return new ApiProxy(
        new ProxyId("P", "A"),
        "",
        "REST",
        List.of(paths),
        List.of(),
        List.of(new RoutingAddress(URI.create("http://up"), 1, false)),
        List.of(),
        "PRIVATE",
        false);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // address path, request path, upstream path
        "'', /api/v1, /",
        "'', /api/v1/, /",
        "'', /api/v1/a, /a",
        "/, /api/v1, /",
        "/, /api/v1/, /",
        "/, /api/v1/a, /a",
        "/base, /api/v1, /base",
        "/base, /api/v1/, /base/",
        "/base, /api/v1/a/b, /base/a/b",
        "/base/, /api/v1, /base",
        "/base/, /api/v1/a, /base/a",
        "/b%20c, /api/v1/a, /b%20c/a",
        // byte for byte
        "/base, /api/v1/a%20b%2Fc%c3%A4, /base/a%20b%2Fc%c3%A4",
        "/base, /api/v1/a;x=1/b;y, /base/a;x=1/b;y",
        "/base, /api/v1/a//b///, /base/a//b///",
        "/base, /api/v1/http://other/, /base/http://other/",
        "/base, /api/v1/%41, /base/%41",
        "/base, '/api/v1/a|b\"c', '/base/a|b\"c'",
        // the proxy's own path in other spellings
        "/base, //api///v1/a//b, /base/a//b",
        "/base, /%61pi/v1/%61, /base/%61",
        "/base, /api;x=1/v1;y=2/a;z=3, /base/a;z=3",
        "/base, /api/v1;y=2, /base",
        // dot segments are resolved, and climb out of nothing
        "/base, /api/v1/a/../b, /base/b",
        "/base, /api/v1/./a/., /base/a/",
        "/base, /api/v1/a/%2e%2E/b/%2e, /base/b/",
        "/base, /other/../api/v1/%61, /base/%61",
        "/base, /x/..;p/api/v1/a, /base/a",
        "/base, /../api/v1/a/b/.., /base/a/",
        "/base, /api/;x/v1/a, /base/a",
        "/base, /api/v1/..%2Fa, /base/..%2Fa",
        "'', /api/v1//evil/x, /evil/x",
        "/base, /api/v1//evil/x, /base//evil/x",
      })
  void upstreamSeesTheAddressesPathAndWhatFollowsTheProxysPath(
      String address, String request, String upstream) {
    assertThat(upstreamPath(address, proxy("/api/v1"), request)).isEqualTo(upstream);
  }

  @ParameterizedTest
  @CsvSource({
    "'', /, /",
    "'', /a/b, /a/b",
    "'', //a/b, /a/b",
    "'', /a/../b, /b",
    "/base, /, /base/",
    "/base, /a, /base/a"
  })
  void proxyAtTheRootPassesTheWholePath(String address, String request, String upstream) {
    assertThat(upstreamPath(address, proxy("/"), request)).isEqualTo(upstream);
  }

  @ParameterizedTest
  @CsvSource({"/a/x, /x", "/a/b/x, /x", "/a/bc, /bc", "/c/x, /x"})
  void longestOfTheProxysPathsIsReplaced(String request, String upstream) {
    assertThat(upstreamPath("", proxy("/a", "/a/b", "/c"), request)).isEqualTo(upstream);
  }

  private static String upstreamPath(String address, ApiProxy proxy, String request) {
    String canonical = RequestPath.canonical(request);
    return UpstreamPath.of(address, UpstreamPath.ownPath(proxy, canonical), canonical, request);
  }
}
