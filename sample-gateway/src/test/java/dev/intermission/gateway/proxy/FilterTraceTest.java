package dev.intermission.gateway.proxy;

import dev.intermission.gateway.config.Front;

/** Records of requests, behind the servlet filter. */
class FilterTraceTest extends TraceBehaviour {

  @Override
  Front front() {
    return Front.FILTER;
  }
}
