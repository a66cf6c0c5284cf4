package dev.intermission.gateway.command;

import dev.intermission.gateway.config.Given;
import dev.intermission.gateway.config.Key;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options of commands that are made from configuration keys. */
final class KeyOptions {

  /** The keys of a gateway that is run from a file. */
  static final List<Key> SERVE = List.of(Key.values());

  /** The keys of the demo, which runs everything in one process and has no file. */
  static final List<Key> DEMO =
      Stream.of(Key.values())
          .filter(key -> !Set.of(Key.ROLE, Key.FEED, Key.FEED_CA, Key.CONFIG).contains(key))
          .toList();

  /** What changes how a file is read, which is given by itself. */
  static final List<Key> CHECK = Stream.of(Key.values()).filter(key -> key != Key.CONFIG).toList();

  /** The keys of a command that works on a gateway's store. */
  static final List<Key> STORE = List.of(Key.DATA, Key.DATABASE, Key.CONFIG);

  private KeyOptions() {}

  /** Adds the options of these keys to a command. */
  static void add(CommandLine command, List<Key> keys) {
    for (Key key : keys) {
      command
          .getCommandSpec()
          .addOption(
              OptionSpec.builder(key.option())
                  .paramLabel(key.label())
                  .type(String.class)
                  .description(
                      String.format(
                          Locale.ROOT,
                          "%s (%s; %s)",
                          key.description(),
                          key.variable(),
                          key.byDefault()))
                  .build());
    }
  }

  /** Returns the values that options and variables give for the keys of the command. */
  static Given given(ParseResult parsed) {
    Map<Key, Given.Value> given = new EnumMap<>(Key.class);
    for (OptionSpec option : parsed.commandSpec().options()) {
      Key key = Key.ofOption(option.longestName());
      String text = key == null ? null : option.getValue();
      if (key != null && text != null) {
        boolean isOption = parsed.hasMatchedOption(option.longestName());
        given.put(key, new Given.Value(text, isOption ? null : key.variable()));
      }
    }
    return new Given(given);
  }
}
