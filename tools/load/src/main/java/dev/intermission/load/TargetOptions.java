package dev.intermission.load;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the request that is sent. */
final class TargetOptions {

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Where to send requests; several URLs are used in turn.")
  private List<String> urls = new ArrayList<>();

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      defaultValue = "GET",
      description = "The method (default: GET).")
  private String method = "GET";

  @Option(
      names = "--header",
      paramLabel = "'NAME: VALUE'",
      description = "A header field to send; may be repeated.")
  private List<String> headers = new ArrayList<>();

  @Option(names = "--body", paramLabel = "TEXT", description = "The body to send.")
  private @Nullable String body;

  @Option(names = "--body-file", paramLabel = "FILE", description = "A file with the body to send.")
  private @Nullable Path bodyFile;

  /**
   * @throws UsageException if an option is wrong
   */
  Target target() {
    if (urls.isEmpty()) {
      throw new UsageException("--url is missing: where requests are to be sent");
    }
    List<URI> targets = urls.stream().map(url -> url("--url", url)).toList();
    HttpFields.Mutable fields = HttpFields.build();
    for (String header : headers) {
      int colon = header.indexOf(':');
      if (colon < 1) {
        throw new UsageException("--header '" + header + "' is not of the form 'Name: value'");
      }
      fields.add(header.substring(0, colon).strip(), header.substring(colon + 1).strip());
    }
    return new Target(
        targets, method, fields.asImmutable(), Texts.either("--body", body, bodyFile).orElse(null));
  }

  static URI url(String option, String text) {
    try {
      URI url = new URI(text);
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (http && url.getHost() != null && url.getRawFragment() == null) {
        return url;
      }
    } catch (URISyntaxException e) {
      throw new UsageException(
          String.format(Locale.ROOT, "%s '%s' is no URL: %s", option, text, e.getMessage()));
    }
    throw new UsageException(
        option
            + " '"
            + text
            + "' is no URL to send to; write one such as http://127.0.0.1:8080/api/v1");
  }
}
