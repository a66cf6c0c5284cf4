package dev.intermission.jetty;

import static org.assertj.core.api.Assertions.assertThat;

/** What HTTP demands with a status, over HTTP/2. */
final class DemandedFields {

  private DemandedFields() {}

  /**
   * Looks at the answer to a request with the correlation id {@code my-7}, which is the message.
   */
  static void assertIn(Http2Client.Reply reply, int status) {
    String challenge = "Maintenance realm=\"API is under maintenance\"";
    assertThat(reply.head().getStatus()).isEqualTo(status);
    assertThat(reply.field("www-authenticate")).isEqualTo(status == 401 ? challenge : null);
    assertThat(reply.field("allow")).isEqualTo(status == 405 ? "" : null);
    assertThat(reply.field("proxy-authenticate")).isEqualTo(status == 407 ? challenge : null);
    assertThat(reply.field("content-range"))
        .isEqualTo(status == 206 ? "bytes 0-3/4" : status == 416 ? "bytes */4" : null);
    assertThat(reply.field("upgrade")).isNull();
    assertThat(reply.field("connection")).isNull();
    assertThat(reply.field("x-correlation-id")).isEqualTo("my-7");
    assertThat(reply.field("apinizer-correlation-id")).isEqualTo("my-7");
    assertThat(reply.text()).isEqualTo("my-7");
  }
}
