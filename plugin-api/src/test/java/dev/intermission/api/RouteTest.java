package dev.intermission.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {

  @ParameterizedTest
  @CsvSource({"/api/v1/, /api/v1", "/api/v1, /api/v1", "/, /", "/über uns, /über uns"})
  void pathIsKeptWithoutItsFinalSlash(String written, String kept) {
    assertThat(Route.anyHost(written).path()).isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "api",
        "//",
        "/a//b",
        "/a//",
        "/./a",
        "/a/..",
        "/a;x",
        "/a%20b",
        "/a?b",
        "/a#b",
        "/a\\b",
        "/a\n",
        "/a\u007f"
      })
  void pathThatNoCanonicalRequestCanHaveIsRefused(String path) {
    assertThatThrownBy(() -> Route.anyHost(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("path '" + path + "' ");
  }

  @ParameterizedTest
  @CsvSource({
    "API.Example.com, api.example.com",
    "api.example.com., api.example.com",
    "127.0.0.1, 127.0.0.1",
    "[::1], [::1]",
    "[0:0:0:0:0:0:0:1], [::1]",
    "2001:DB8::0, [2001:db8::]"
  })
  void hostIsKeptInLowerCase(String written, String kept) {
    assertThat(new Route(written, "/").host()).isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a b", "a:80", "http://a", "*", "ü.example", "[:::1]", "[::1%lo]", "."})
  void hostThatIsNoHostNameIsRefused(String host) {
    assertThatThrownBy(() -> new Route(host, "/"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a host name");
  }

  @Test
  void proxyAnswersAtEachPathOnEachHost() {
    ApiProxy proxy =
        new ApiProxy(
            new ProxyId("p", "a"),
            "",
            "REST",
            List.of("/a/", "/b", "/a"),
            List.of("x.example", "Y.example", "y.example"),
            List.of(new RoutingAddress(URI.create("http://u"), 1, false)),
            List.of(),
            "PRIVATE",
            false);
    assertThat(proxy.routes())
        .containsExactly(
            new Route("x.example", "/a"),
            new Route("y.example", "/a"),
            new Route("x.example", "/b"),
            new Route("y.example", "/b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://a",
        "http:///p",
        "a",
        "http://a?q",
        "http://a#f",
        "http://user:secret@a",
        "http://u_r:p@a_b",
        "http://a_b:x"
      })
  void upstreamAddressThatIsNoPlainHttpUriIsRefused(String address) {
    URI uri = URI.create(address);
    assertThatThrownBy(() -> new RoutingAddress(uri, 1, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not allowed; write http://host:port/path");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://a:0", "http://a:65536/x", "https://[::1]:99999", "http://a_b:70000"})
  void upstreamPortThatIsNoneIsRefused(String address) {
    URI uri = URI.create(address);
    assertThatThrownBy(() -> new RoutingAddress(uri, 1, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("allowed are 1 to 65535");
  }

  @ParameterizedTest
  @CsvSource({
    "http://a, a, -1",
    "http://a:65535/x, a, 65535",
    "http://[::1]:80, [::1], 80",
    "http://my_api, my_api, -1",
    "https://_my_api.local:8443/x_y, _my_api.local, 8443"
  })
  void upstreamHasAHostAndAPort(String address, String host, int port) {
    RoutingAddress upstream = new RoutingAddress(URI.create(address), 1, false);
    assertThat(upstream.host()).isEqualTo(host);
    assertThat(upstream.port()).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1_000_001})
  void weightOutOfRangeIsRefused(int weight) {
    assertThatThrownBy(() -> new RoutingAddress(URI.create("http://a"), weight, false))
        .hasMessage("weight " + weight + " is not from 0 to 1000000");
  }
}
