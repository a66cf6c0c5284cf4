package dev.intermission.bench.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Selects the contenders. */
final class Lineup {

  private static final String CLOSED_REFERENCE = JettyContender.BARE_HANDLER.label();
  private static final String OPEN_REFERENCE = JettyContender.OPEN_SERVLET.label();
  private static final List<String> NATIVE = List.of("nginx", "haproxy");
  private static final List<JettyContender> AGAINST_SERVLET =
      List.of(JettyContender.BARE_SERVLET, JettyContender.FILTER, JettyContender.NAIVE_FILTER);

  private final List<Contender> contenders = new ArrayList<>();
  private final List<String> wanted;
  private final @Nullable String reference;
  private final Consumer<String> missing;

  /**
   * @param wanted the names of those to take; if empty, all that differ in more than a setting
   * @param reference the contender that figures are ratios to, if it is one for all
   * @param missing is told what can't be taken because it isn't installed
   */
  Lineup(List<String> wanted, @Nullable String reference, Consumer<String> missing) {
    this.wanted = List.copyOf(wanted);
    this.reference = reference;
    this.missing = missing;
  }

  /** Returns those that differ in a setting of their proxies, beside the plain ones. */
  static Lineup ofSettings(@Nullable String reference, Consumer<String> missing) {
    Stream<JettyContender> plain = Stream.of(JettyContender.HANDLER, JettyContender.FILTER);
    Stream<JettyContender> others =
        Arrays.stream(JettyContender.values()).filter(JettyContender::hasSetting);
    List<String> wanted = Stream.concat(plain, others).map(JettyContender::label).toList();
    return new Lineup(wanted, reference, missing);
  }

  /** Adds the Jetty contenders on a JDK. */
  void addJava(Jdk jdk, List<String> javaOptions) {
    for (JettyContender jetty : JettyContender.values()) {
      if (jetty.hasSetting() && wanted.isEmpty()) {
        continue;
      }
      add(
          new Contender(
              jetty.label(),
              jdk.toString(),
              reference == null ? referenceOf(jetty) : reference,
              new JavaLauncher(jetty, jdk, javaOptions)));
    }
  }

  /** Adds the other servers that are installed. */
  void addNative() {
    addNative("nginx", "nginx-light", NativeServer::nginx);
    addNative("haproxy", "haproxy", NativeServer::haproxy);
  }

  private void addNative(
      String program, String debianPackage, Function<Path, NativeServer> launcher) {
    if (!isWanted(program)) {
      return;
    }
    Optional<Path> found = Programs.find(program);
    if (found.isPresent()) {
      String version = Programs.version(found.get());
      add(
          new Contender(
              program,
              version,
              reference == null ? CLOSED_REFERENCE : reference,
              launcher.apply(found.get())));
    } else {
      missing.accept(
          program + " is not installed and left out; on Debian: apt-get install " + debianPackage);
    }
  }

  private static String referenceOf(JettyContender jetty) {
    if (AGAINST_SERVLET.contains(jetty)) {
      return JettyContender.BARE_SERVLET.label();
    }
    if (jetty.hasSetting()) {
      return jetty == JettyContender.FILTER_RECOMMENDED
          ? JettyContender.FILTER.label()
          : JettyContender.HANDLER.label();
    }
    return jetty.isOpen() ? OPEN_REFERENCE : CLOSED_REFERENCE;
  }

  private void add(Contender contender) {
    if (isWanted(contender.name())) {
      contenders.add(contender);
    }
  }

  private boolean isWanted(String name) {
    return wanted.isEmpty() || wanted.contains(name);
  }

  /**
   * Returns them in the order of their tables.
   *
   * @throws CompareException if one that is wanted is unknown
   */
  List<Contender> contenders() {
    for (String name : wanted) {
      if (JettyContender.named(name).isEmpty() && !NATIVE.contains(name)) {
        throw new CompareException(
            String.format(
                Locale.ROOT,
                "--contenders has '%s'; known are %s, %s",
                name,
                ServeMain.names(),
                String.join(", ", NATIVE)));
      }
    }
    if (reference != null && contenders.stream().noneMatch(it -> it.name().equals(reference))) {
      throw new CompareException("--to '" + reference + "' is not among the contenders");
    }
    return List.copyOf(contenders);
  }
}
