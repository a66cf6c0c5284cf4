package dev.intermission.gateway.config;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads a YAML text into nodes with their lines. YAML features that make a file hard to read for
 * people are refused: aliases, merge keys, tags, duplicate keys, a second document.
 */
final class YamlText {

  private static final int DEEPEST = 50;

  private final Faults faults;
  private final Iterator<Event> events;

  private YamlText(String text, Faults faults) {
    this.faults = faults;
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    ParserImpl parser = new ParserImpl(new StreamReader(text), options);
    events =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return parser.peekEvent() != null;
          }

          @Override
          public Event next() {
            return parser.getEvent();
          }
        };
  }

  /** Returns the root of the text, or null if it can't be read; the faults say why. */
  static @Nullable Node read(String text, Faults faults) {
    try {
      return new YamlText(text, faults).document();
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      faults.addSyntax(mark.getLine() + 1, mark.getColumn() + 1, oneLine(e.getProblem()));
    } catch (YAMLException e) {
      faults.add(null, "", oneLine(String.valueOf(e.getMessage())));
    }
    return null;
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private @Nullable Node document() {
    events.next();
    Event start = events.next();
    if (start instanceof StreamEndEvent) {
      faults.add(null, "", "says nothing; examples/gateway.yaml shows what it can say");
      return null;
    }
    Event first = events.next();
    Node root = node(first, "", line(first), 0);
    events.next();
    Event end = events.next();
    if (!(end instanceof StreamEndEvent)) {
      faults.add(new Node.Refused(line(end)), "", "a second document begins here, allowed is one");
    }
    return root;
  }

  private static int line(Event event) {
    return event.getStartMark().getLine() + 1;
  }

  /** Returns the node that begins with the event; its line is that of its key, if it has one. */
  private Node node(Event event, String key, int line, int depth) {
    Node.Refused refused = new Node.Refused(line);
    if (event instanceof AliasEvent) {
      faults.add(refused, key, "found an alias (*); write out what it stands for");
      return refused;
    }
    if (depth > DEEPEST) {
      throw new YAMLException("more than " + DEEPEST + " levels in line " + line);
    }
    String problem = event instanceof NodeEvent node ? problem(node) : null;
    if (problem != null) {
      faults.add(refused, key, problem);
    }
    Node read;
    if (event instanceof MappingStartEvent) {
      read = keys(key, line, depth);
    } else if (event instanceof SequenceStartEvent) {
      read = items(key, line, depth);
    } else if (event instanceof ScalarEvent scalar) {
      read = new Node.Scalar(scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN, line);
    } else {
      throw new IllegalStateException("not the begin of a node: " + event);
    }
    return problem == null ? read : refused;
  }

  private static @Nullable String problem(NodeEvent node) {
    if (node.getAnchor() != null) {
      return "found an anchor (&); write the value without it";
    }
    String tag =
        node instanceof ScalarEvent scalar
            ? scalar.getTag()
            : node instanceof MappingStartEvent mapping
                ? mapping.getTag()
                : node instanceof SequenceStartEvent sequence ? sequence.getTag() : null;
    return tag == null ? null : "found a tag (!); write the value without it";
  }

  private Node items(String key, int line, int depth) {
    List<Node> items = new ArrayList<>();
    for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
      items.add(node(event, key + "[" + items.size() + "]", line(event), depth + 1));
    }
    return new Node.Items(items, line);
  }

  private Node keys(String key, int line, int depth) {
    Map<String, Node> entries = new LinkedHashMap<>();
    for (Event event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
      int at = line(event);
      Node name = node(event, key, at, depth + 1);
      String text = name instanceof Node.Scalar scalar ? scalar.text() : "?";
      String below = Section.join(key, text);
      Node value = node(events.next(), below, at, depth + 1);
      if (!(name instanceof Node.Scalar scalar)) {
        faults.add(name, key, "found " + name.found() + " for a key, allowed is a text");
      } else if (scalar.plain() && text.equals("<<")) {
        faults.add(name, key, "found the merge key <<; write out what it stands for");
      } else if (entries.containsKey(text)) {
        faults.add(name, below, "found twice, the first time in line " + entries.get(text).line());
      } else {
        entries.put(text, value);
      }
    }
    return new Node.Keys(entries, line);
  }
}
