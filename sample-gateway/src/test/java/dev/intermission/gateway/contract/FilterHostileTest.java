package dev.intermission.gateway.contract;

import dev.intermission.gateway.config.Front;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Hostile input where the filter is the front. */
class FilterHostileTest extends HostileBehaviour {

  FilterHostileTest(@TempDir Path data) throws Exception {
    super(new DemoGateway(data, Front.FILTER));
  }
}
