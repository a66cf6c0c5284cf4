package dev.intermission.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What users find in a repository of artifacts: which modules are published, and as what. */
class PublishedModulesTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern OWN = Pattern.compile("<artifactId>(intermission-[a-z-]+)<");
  private static final Pattern NAME =
      Pattern.compile("<automatic.module.name>([a-z.]+)</automatic.module.name>");

  @Test
  void bomListsWhatIsPublishedAndNothingElse() throws IOException {
    List<String> listed =
        all(OWN, pom("bom")).filter(id -> !id.matches(".*-(bom|parent)")).toList();
    assertThat(listed).containsExactlyInAnyOrderElementsOf(published().keySet());
  }

  @Test
  void eachPublishedModuleHasAModuleNameThatIsItsPackage() throws IOException {
    Map<String, String> published = published();
    assertThat(published).hasSizeGreaterThan(5);
    for (String module : published.values()) {
      String name = all(NAME, pom(module)).findFirst().orElse("");
      Path sources = ROOT.resolve(module).resolve("src/main/java");
      assertThat(sources.resolve(name.replace('.', '/')).resolve("package-info.java")).exists();
    }
  }

  /** The artifact ids of the published modules, with their folders. */
  private static Map<String, String> published() throws IOException {
    Map<String, String> published = new TreeMap<>();
    for (String module : all(MODULE, pom("")).toList()) {
      String pom = pom(module);
      if (pom.contains("<unpublished>false</unpublished>")) {
        published.put(all(OWN, pom).skip(1).findFirst().orElseThrow(), module);
      }
    }
    return published;
  }

  private static String pom(String module) throws IOException {
    return Files.readString(ROOT.resolve(module).resolve("pom.xml"));
  }

  private static Stream<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(result -> result.group(1));
  }
}
