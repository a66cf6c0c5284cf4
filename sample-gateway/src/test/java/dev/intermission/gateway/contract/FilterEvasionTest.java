package dev.intermission.gateway.contract;

import dev.intermission.gateway.config.Front;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Spellings of paths where the servlet filter is the front. */
class FilterEvasionTest extends EvasionBehaviour {

  FilterEvasionTest(@TempDir Path data) throws Exception {
    super(new DemoGateway(data, Front.FILTER));
  }
}
