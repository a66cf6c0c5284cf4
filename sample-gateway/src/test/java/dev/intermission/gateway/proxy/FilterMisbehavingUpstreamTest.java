package dev.intermission.gateway.proxy;

import dev.intermission.gateway.config.Front;
import org.junit.jupiter.api.Tag;

/** Upstreams that misbehave, behind the filter. */
@Tag("slow")
class FilterMisbehavingUpstreamTest extends MisbehavingUpstreamBehaviour {

  @Override
  Front front() {
    return Front.FILTER;
  }
}
