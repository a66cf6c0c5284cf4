package dev.intermission.gateway.contract;

import dev.intermission.gateway.config.Front;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Methods and bodies where the filter is the front. */
class FilterMethodsTest extends MethodsBehaviour {

  FilterMethodsTest(@TempDir Path data) throws Exception {
    super(new DemoGateway(data, Front.FILTER));
  }
}
