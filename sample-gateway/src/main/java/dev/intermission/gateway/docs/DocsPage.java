package dev.intermission.gateway.docs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.intermission.gateway.server.ReadOnly;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Shows the OpenAPI file of the management API with Swagger UI, at {@value #PATH}, without a token.
 * Exactly the files that the page needs can be had. A browser may load nothing from elsewhere for
 * it, and no page may frame it.
 */
public final class DocsPage extends Handler.Abstract.NonBlocking {

  /** The path of the page; the one without the last slash leads there. */
  static final String PATH = "/apiops/docs/";

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Map<String, PageFile> files;

  /** Reads the files. */
  public DocsPage() {
    String swagger = "/META-INF/resources/webjars/swagger-ui/" + versionOfSwagger() + "/";
    files =
        Map.of(
            "", PageFile.read("index.html", "text/html;charset=utf-8"),
            "start.js", PageFile.read("start.js", "text/javascript;charset=utf-8"),
            "swagger-ui.css", PageFile.read(swagger + "swagger-ui.css", "text/css;charset=utf-8"),
            "swagger-ui-bundle.js",
                PageFile.read(swagger + "swagger-ui-bundle.js", "text/javascript;charset=utf-8"),
            "favicon-32x32.png", PageFile.read(swagger + "favicon-32x32.png", "image/png"));
  }

  private static String versionOfSwagger() {
    Properties properties = new Properties();
    byte[] text = PageFile.bytes("/META-INF/maven/org.webjars/swagger-ui/pom.properties");
    try {
      properties.load(new StringReader(new String(text, ISO_8859_1)));
    } catch (IOException e) {
      throw new UncheckedIOException("A text in memory can be read", e);
    }
    return properties.getProperty("version");
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    boolean isWithoutSlash = path.concat("/").equals(PATH);
    PageFile file = path.startsWith(PATH) ? files.get(path.substring(PATH.length())) : null;
    if (file == null && !isWithoutSlash) {
      return false;
    }
    if (ReadOnly.refuses(request, response, callback)) {
      return true;
    }
    secure(response);
    if (file == null) {
      response.setStatus(HttpStatus.MOVED_PERMANENTLY_301);
      // Relative, since a proxy before the gateway may have another path.
      response.getHeaders().put(HttpHeader.LOCATION, "docs/");
      response.write(true, BufferUtil.EMPTY_BUFFER, callback);
      return true;
    }
    send(file, request, response, callback);
    return true;
  }

  private static void secure(Response response) {
    response.getHeaders().put("Content-Security-Policy", POLICY);
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put("Referrer-Policy", "no-referrer");
    response.getHeaders().put("Cross-Origin-Opener-Policy", "same-origin");
    // A new version of the program may have other files: caches ask each time.
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
  }

  private static void send(PageFile file, Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.ETAG, file.etag());
    if (request.getHeaders().getCSV(HttpHeader.IF_NONE_MATCH, true).contains(file.etag())) {
      response.setStatus(HttpStatus.NOT_MODIFIED_304);
      response.write(true, BufferUtil.EMPTY_BUFFER, callback);
      return;
    }
    response.setStatus(HttpStatus.OK_200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, file.mediaType());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, file.length());
    response.write(true, file.content(), callback);
  }
}
