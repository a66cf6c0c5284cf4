package dev.intermission.admin.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.EntityTag;
import dev.intermission.admin.http.Preconditions;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.ReplyJson;
import dev.intermission.admin.http.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The OpenAPI file of the management API (contract section 7), which needs no token. The JSON file
 * is made from the YAML file by a test.
 */
public final class OpenApiResource implements Resource {

  private final Reply.Document document;
  private final String etag;

  private OpenApiResource(String file, String mediaType) {
    document = new Reply.Document(mediaType, text(file));
    etag = EntityTag.of(document.text());
  }

  /** Returns the file as it was written. */
  public static OpenApiResource yaml() {
    return new OpenApiResource("openapi.yaml", "application/yaml");
  }

  /** Returns the same in JSON. */
  public static OpenApiResource json() {
    return new OpenApiResource("openapi.json", ReplyJson.MEDIA_TYPE);
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("GET", this::read);
  }

  private Reply read(Call call) {
    Reply reply = Preconditions.of(call).notModified(etag) ? Reply.empty(304) : Reply.ok(document);
    // A new version of the program may have another file: caches ask each time.
    return reply.with("ETag", etag).with("Cache-Control", "no-cache");
  }

  private static String text(String file) {
    try (InputStream in = OpenApiResource.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("The program has no file " + file);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The program's file " + file + " can not be read", e);
    }
  }
}
