package dev.intermission.gateway.command;

import dev.intermission.gateway.client.ClientCommands;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A command's manual page for {@code man}, in the macros of man(7), from picocli's model of it. */
final class ManPage {

  private static final String OF_OPERATORS =
      """
      .SH EXIT STATUS
      .TP
      0
      It is done on every live gateway.
      .TP
      1
      It was refused or failed; an API that is unknown or not unique, too.
      .TP
      2
      The command line is wrong; also more than one API without \\-\\-yes where nobody can be asked.
      .TP
      3
      It is saved, but a gateway is behind, or an API was not drained in time.
      .TP
      4
      There is no valid token, or its user may not do this.
      .TP
      5
      No admin node could be reached, or none reached its store.
      .SH ENVIRONMENT
      .TP
      INTERMISSION_TOKEN
      The access token; it wins over that of the context.
      .TP
      NO_COLOR
      If it is set, there are no colours.
      .SH FILES
      .TP
      $XDG_CONFIG_HOME/intermission/contexts.yaml
      The contexts, in \\(ti/.config without that variable. Only their owner may read them.
      """;

  private final CommandSpec spec;
  private final StringBuilder page = new StringBuilder();

  private ManPage(CommandLine line) {
    spec = line.getCommandSpec();
  }

  /** Returns the text of the page. */
  static String of(CommandLine line) {
    return new ManPage(line).text(line);
  }

  private String text(CommandLine line) {
    String name = spec.qualifiedName("-");
    String[] description = spec.usageMessage().description();
    page.append(".TH \"").append(name).append("\" 1 \"\" \"Intermission\" \"Intermission\"\n");
    page.append(".nh\n.ad l\n");
    section("NAME");
    page.append(escaped(name)).append(" \\- ").append(prose(firstSentence(description[0])));
    section("SYNOPSIS");
    page.append(prose(line.getHelp().synopsis(0).replaceAll("\\s+", " ").strip()));
    section("DESCRIPTION");
    page.append(Stream.of(description).map(ManPage::prose).collect(Collectors.joining(".PP\n")));
    arguments();
    options();
    subcommands(line);
    footer();
    if (isForOperators()) {
      page.append(OF_OPERATORS);
    }
    section("SEE ALSO");
    page.append(prose(String.join(", ", related(line))));
    return page.toString();
  }

  private boolean isForOperators() {
    String[] words = spec.qualifiedName().split(" ", -1);
    return words.length > 1 && ClientCommands.have(words[1]);
  }

  private void section(String title) {
    page.append(".SH ").append(title).append('\n');
  }

  private void tagged(String tag, String... description) {
    page.append(".TP\n.B ").append(escaped(tag)).append('\n');
    Stream.of(description).map(ManPage::prose).forEach(page::append);
  }

  private void arguments() {
    List<PositionalParamSpec> all =
        spec.positionalParameters().stream().filter(one -> !one.hidden()).toList();
    if (!all.isEmpty()) {
      section("ARGUMENTS");
      all.forEach(one -> tagged(one.paramLabel(), one.description()));
    }
  }

  private void options() {
    List<OptionSpec> all =
        spec.options().stream()
            .filter(one -> !one.hidden())
            .sorted(Comparator.comparingInt(OptionSpec::order))
            .toList();
    if (!all.isEmpty()) {
      section("OPTIONS");
      all.forEach(one -> tagged(tag(one), one.description()));
    }
  }

  private static String tag(OptionSpec option) {
    String value =
        option.arity().max() == 0
            ? ""
            : option.arity().min() == 0
                ? "[=" + option.paramLabel() + "]"
                : "=" + option.paramLabel();
    return String.join(", ", option.names()) + value;
  }

  private void subcommands(CommandLine line) {
    if (!line.getSubcommands().isEmpty()) {
      section("COMMANDS");
      line.getSubcommands()
          .forEach(
              (name, sub) -> {
                String[] description = sub.getCommandSpec().usageMessage().description();
                tagged(name, description.length == 0 ? "" : description[0]);
              });
    }
  }

  private void footer() {
    String[] footer = spec.usageMessage().footer();
    if (footer.length > 0) {
      section("EXAMPLES");
      page.append(".nf\n");
      Stream.of(footer)
          .filter(one -> !one.isEmpty() && !one.equals("Examples:"))
          .map(ManPage::prose)
          .forEach(page::append);
      page.append(".fi\n");
    }
  }

  private List<String> related(CommandLine line) {
    List<String> names = new ArrayList<>();
    if (line.getParent() != null) {
      names.add(line.getParent().getCommandSpec().qualifiedName("-"));
    }
    line.getSubcommands().values().stream()
        .filter(sub -> !(sub.getCommandSpec().userObject() instanceof LauncherTool))
        .forEach(sub -> names.add(sub.getCommandSpec().qualifiedName("-")));
    return names.stream().map(name -> name + "(1)").toList();
  }

  private static String firstSentence(String text) {
    int end = text.indexOf(". ");
    return (end < 0 ? text : text.substring(0, end)).replaceAll("\\.$", "");
  }

  /** Returns a text of the help as lines of their own. */
  private static String prose(String text) {
    String formatted = Ansi.OFF.string(text.replace("%%", "%"));
    return escaped(formatted) + "\n";
  }

  /** No line may begin with a dot, and hyphens and quotes are to be those that can be copied. */
  private static String escaped(String text) {
    String escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq");
    return escaped.startsWith(".") ? "\\&" + escaped : escaped;
  }
}
