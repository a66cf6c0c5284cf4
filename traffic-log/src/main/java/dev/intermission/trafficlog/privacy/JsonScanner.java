package dev.intermission.trafficlog.privacy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Tells the values of a text of JSON, one or several, as far as it can be read. */
final class JsonScanner {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final Findings findings;
  private final String text;

  /** The character behind the last token that was read to its end. */
  private int readTo;

  private JsonScanner(Findings findings) {
    this.findings = findings;
    text = findings.text();
  }

  static void scan(Findings findings) {
    new JsonScanner(findings).scan();
  }

  private void scan() {
    try (JsonParser parser = FACTORY.createParser(text)) {
      @Nullable Treatment named = null;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          // The parser is ahead of it by now: it has begun with the value.
          named = name(parser);
          continue;
        }
        if (named != null) {
          hide(parser, token, named);
          named = null;
        } else if (token.isScalarValue()) {
          value(parser, token);
        }
        readTo = end(parser);
      }
    } catch (IOException e) {
      // What follows is no JSON, or was cut off; the message may hold a part of it.
      findings.unreadableFrom(readTo);
    }
  }

  private @Nullable Treatment name(JsonParser parser) throws IOException {
    String name = parser.currentName();
    int start = start(parser);
    if (text.charAt(start) != '"') {
      throw new IOException("a name has a place that is not its own");
    }
    int end = start + 1;
    while (text.charAt(end) != '"') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    findings.value(start, end + 1, name, Quoting.JSON);
    return findings.byName(name);
  }

  private void hide(JsonParser parser, JsonToken token, Treatment treatment) throws IOException {
    int start = start(parser);
    String value = token.isScalarValue() ? parser.getText() : "";
    if (token.isStructStart()) {
      parser.skipChildren();
    } else {
      parser.finishToken();
    }
    int end = end(parser);
    findings.hide(
        start,
        end,
        token.isScalarValue() ? value : text.substring(start, end),
        treatment,
        Quoting.JSON);
  }

  private void value(JsonParser parser, JsonToken token) throws IOException {
    int start = start(parser);
    String value = parser.getText();
    int end = end(parser);
    if (token == JsonToken.VALUE_STRING && text.charAt(start) != '"') {
      throw new IOException("a text has a place that is not its own");
    }
    findings.value(start, end, value, Quoting.JSON);
  }

  private static int start(JsonParser parser) {
    return (int) parser.currentTokenLocation().getCharOffset();
  }

  private static int end(JsonParser parser) {
    return (int) parser.currentLocation().getCharOffset();
  }
}
