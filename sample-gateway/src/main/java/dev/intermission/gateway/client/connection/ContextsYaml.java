package dev.intermission.gateway.client.connection;

import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;

/** Contexts as YAML. No message holds a piece of the file, since that may be a token. */
final class ContextsYaml {

  private ContextsYaml() {}

  static NamedContexts read(Path file, String text) {
    try {
      Map<?, ?> root =
          map(new Yaml(new SafeConstructor(new LoaderOptions())).load(text), "the file");
      TreeMap<String, ServerContext> all = new TreeMap<>();
      map(root.get("contexts"), "contexts")
          .forEach(
              (name, value) -> all.put(String.valueOf(name), context(String.valueOf(name), value)));
      return new NamedContexts(text(root, "current"), all);
    } catch (MarkedYAMLException e) {
      throw notReadable(file, "line " + (e.getProblemMark().getLine() + 1) + " is no YAML", e);
    } catch (YAMLException e) {
      throw notReadable(file, "it is no YAML", e);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw notReadable(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static CommandFailure notReadable(Path file, String why, Exception cause) {
    return new CommandFailure(
        Exit.FAILED,
        "Can't read " + file + ": " + why + ". Mend it, or delete it and add the contexts again.",
        cause);
  }

  private static ServerContext context(String name, @Nullable Object value) {
    Map<?, ?> fields = map(value, "the context '" + name + "'");
    if (!(fields.get("urls") instanceof List<?> urls) || urls.isEmpty()) {
      throw new IllegalArgumentException("the context '" + name + "' has no list 'urls'");
    }
    String ca = text(fields, "ca");
    String expires = text(fields, "tokenExpires");
    return new ServerContext(
        urls.stream().map(url -> URI.create(String.valueOf(url))).toList(),
        ca == null ? null : Path.of(ca),
        text(fields, "project"),
        text(fields, "token"),
        expires == null ? null : Instant.parse(expires),
        text(fields, "clientId"),
        text(fields, "clientSecret"));
  }

  private static Map<?, ?> map(@Nullable Object value, String what) {
    if (value == null) {
      return Map.of();
    }
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException(what + " has no keys");
  }

  private static @Nullable String text(Map<?, ?> fields, String name) {
    Object value = fields.get(name);
    return value == null ? null : value.toString();
  }

  static String text(NamedContexts contexts) {
    Map<String, Object> all = new LinkedHashMap<>();
    contexts.all().forEach((name, context) -> all.put(name, fields(context)));
    Map<String, Object> root = new LinkedHashMap<>();
    if (contexts.current() != null) {
      root.put("current", contexts.current());
    }
    root.put("contexts", all);
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setSplitLines(false);
    return "# Written by 'intermission context'. It holds tokens: for its owner only.\n"
        + new Yaml(new Representer(options), options).dump(root);
  }

  private static Map<String, Object> fields(ServerContext context) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("urls", context.urls().stream().map(URI::toString).toList());
    put(fields, "ca", context.ca());
    put(fields, "project", context.project());
    put(fields, "token", context.token());
    put(fields, "tokenExpires", context.tokenExpires());
    put(fields, "clientId", context.clientId());
    put(fields, "clientSecret", context.clientSecret());
    return fields;
  }

  private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, Objects.toString(value));
    }
  }
}
